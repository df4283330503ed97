"""The timetable of a recruitment, and how it ended

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('timetable',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('notice_months', sa.Integer(), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.Column('rounds', sa.Integer(), nullable=False),
    sa.Column('tests', sa.Boolean(), nullable=False),
    sa.Column('board', sa.String(length=20), nullable=False),
    sa.Column('children', sa.Boolean(), nullable=False),
    sa.Column('record', sa.Boolean(), nullable=False),
    sa.Column('council', sa.Boolean(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_timetable_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timetable')),
    sa.UniqueConstraint('recruitment_id', name=op.f('uq_timetable_recruitment_id'))
    )
    op.create_table('timetable_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('responsible', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('edited', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_timetable_step_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timetable_step'))
    )
    with op.batch_alter_table('timetable_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_timetable_step_recruitment_id'), ['recruitment_id'], unique=False)

    with op.batch_alter_table('recruitment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('posts', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('starts_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('outcome', sa.String(length=20), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('hired', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('closing_reason', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('follows_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_recruitment_follows_id_recruitment'), 'recruitment', ['follows_id'], ['id'], ondelete='SET NULL')



def downgrade():
    with op.batch_alter_table('recruitment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_recruitment_follows_id_recruitment'), type_='foreignkey')
        batch_op.drop_column('follows_id')
        batch_op.drop_column('closed_at')
        batch_op.drop_column('closing_reason')
        batch_op.drop_column('hired')
        batch_op.drop_column('outcome')
        batch_op.drop_column('starts_on')
        batch_op.drop_column('posts')

    with op.batch_alter_table('timetable_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_timetable_step_recruitment_id'))

    op.drop_table('timetable_step')
    op.drop_table('timetable')
