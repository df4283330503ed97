"""Letters, development brief, access extract

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('ready_as', sa.String(length=20), nullable=False),
    sa.Column('ready_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ready_by_id', sa.Integer(), nullable=True),
    sa.Column('kept_because', sa.Text(), nullable=False),
    sa.Column('receipt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('left_out', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_answer_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ready_by_id'], ['person.id'], name=op.f('fk_answer_ready_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('candidate_id', name=op.f('uq_answer_candidate_id'))
    )
    op.create_table('answer_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_answer_text_candidate_id_candidate'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_text')),
    sa.UniqueConstraint('candidate_id', 'key', name=op.f('uq_answer_text_candidate_id'))
    )
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_text_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('answer_earlier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_answer_earlier_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_answer_earlier_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_earlier'))
    )
    with op.batch_alter_table('answer_earlier', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_earlier_candidate_id'), ['candidate_id'], unique=False)


def downgrade():
    with op.batch_alter_table('answer_earlier', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_earlier_candidate_id'))

    op.drop_table('answer_earlier')
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_text_candidate_id'))

    op.drop_table('answer_text')
    op.drop_table('answer')
