"""Local questions; who asks, and why a question was chosen or kept; the frame of a round

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('local_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('charter', sa.String(length=40), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('copied_from', sa.String(length=80), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('rounds', sa.JSON(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('wording', sa.JSON(), nullable=False),
    sa.Column('kept_because', sa.Text(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['person.id'], name=op.f('fk_local_question_changed_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_local_question'))
    )
    with op.batch_alter_table('local_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_local_question_charter'), ['charter'], unique=False)

    with op.batch_alter_table('guide_question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('chosen_because', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('kept_because', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('asker_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_guide_question_asker_id_person'), 'person', ['asker_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('interview_round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('frame', sa.JSON(), nullable=True))



def downgrade():
    with op.batch_alter_table('interview_round', schema=None) as batch_op:
        batch_op.drop_column('frame')

    with op.batch_alter_table('guide_question', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_guide_question_asker_id_person'), type_='foreignkey')
        batch_op.drop_column('asker_id')
        batch_op.drop_column('kept_because')
        batch_op.drop_column('chosen_because')

    with op.batch_alter_table('local_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_local_question_charter'))

    op.drop_table('local_question')
