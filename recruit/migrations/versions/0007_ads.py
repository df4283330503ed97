"""Job ads

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('ad',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('tone', sa.String(length=10), nullable=False),
    sa.Column('apply_at', sa.String(length=300), nullable=False),
    sa.Column('workplace', sa.String(length=200), nullable=False),
    sa.Column('employment', sa.String(length=20), nullable=False),
    sa.Column('pay_from', sa.Integer(), nullable=True),
    sa.Column('pay_to', sa.Integer(), nullable=True),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.Column('kept_because', sa.Text(), nullable=False),
    sa.Column('published', sa.JSON(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_down_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_ad_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ad')),
    sa.UniqueConstraint('recruitment_id', name=op.f('uq_ad_recruitment_id'))
    )
    op.create_table('ad_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ad_id', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('length', sa.String(length=10), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('composed', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ad_id'], ['ad.id'], name=op.f('fk_ad_part_ad_id_ad'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ad_part')),
    sa.UniqueConstraint('ad_id', 'language', 'length', 'key', name=op.f('uq_ad_part_ad_id'))
    )
    with op.batch_alter_table('ad_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ad_part_ad_id'), ['ad_id'], unique=False)

    op.create_table('ad_earlier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('part_id', sa.Integer(), nullable=False),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('composed', sa.JSON(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['part_id'], ['ad_part.id'], name=op.f('fk_ad_earlier_part_id_ad_part'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_ad_earlier_person_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ad_earlier'))
    )
    with op.batch_alter_table('ad_earlier', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ad_earlier_part_id'), ['part_id'], unique=False)


def downgrade():
    with op.batch_alter_table('ad_earlier', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ad_earlier_part_id'))

    op.drop_table('ad_earlier')
    with op.batch_alter_table('ad_part', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ad_part_ad_id'))

    op.drop_table('ad_part')
    op.drop_table('ad')
