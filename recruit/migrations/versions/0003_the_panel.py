"""The panel

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('calendar', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('failure', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_message_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_message_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('sift',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_sift_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sift')),
    sa.UniqueConstraint('recruitment_id', name=op.f('uq_sift_recruitment_id'))
    )
    op.create_table('sign_in_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_link_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_link_token_hash'))
    )
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_link_person_id'), ['person_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_attachment_added_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_attachment_candidate_id_candidate'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('calibration_rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('answer', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('rated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_calibration_rating_member_id_panel_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calibration_rating')),
    sa.UniqueConstraint('member_id', 'key', 'answer', name=op.f('uq_calibration_rating_member_id'))
    )
    with op.batch_alter_table('calibration_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calibration_rating_member_id'), ['member_id'], unique=False)

    op.create_table('dissent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_dissent_member_id_panel_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_dissent_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dissent')),
    sa.UniqueConstraint('round_id', 'member_id', name=op.f('uq_dissent_round_id'))
    )
    with op.batch_alter_table('dissent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dissent_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dissent_round_id'), ['round_id'], unique=False)

    op.create_table('interview_slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('room', sa.String(length=200), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_interview_slot_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_interview_slot_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_slot'))
    )
    with op.batch_alter_table('interview_slot', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_slot_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interview_slot_round_id'), ['round_id'], unique=False)

    op.create_table('pile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('letter', sa.String(length=1), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_pile_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_pile_decided_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pile')),
    sa.UniqueConstraint('candidate_id', name=op.f('uq_pile_candidate_id'))
    )
    op.create_table('sift_rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_sift_rating_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_sift_rating_criterion_id_criterion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_sift_rating_member_id_panel_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sift_rating')),
    sa.UniqueConstraint('member_id', 'candidate_id', 'criterion_id', name=op.f('uq_sift_rating_member_id'))
    )
    with op.batch_alter_table('sift_rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sift_rating_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sift_rating_criterion_id'), ['criterion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sift_rating_member_id'), ['member_id'], unique=False)

    op.create_table('sift_submission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_sift_submission_member_id_panel_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sift_submission')),
    sa.UniqueConstraint('member_id', name=op.f('uq_sift_submission_member_id'))
    )
    op.create_table('deviation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('guide_question_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_deviation_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['guide_question_id'], ['guide_question.id'], name=op.f('fk_deviation_guide_question_id_guide_question'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_deviation_recorded_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_deviation_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deviation'))
    )
    with op.batch_alter_table('deviation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_deviation_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deviation_round_id'), ['round_id'], unique=False)

    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('salt', sa.String(length=32), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('subject_hash', sa.String(length=64), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('hash', sa.String(length=64), nullable=False, server_default=''))
        batch_op.create_unique_constraint(batch_op.f('uq_audit_event_number'), ['number'])

    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('withdrawal', sa.String(length=20), nullable=True))

    with op.batch_alter_table('panel_member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('joined_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('sifts', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True))



def downgrade():
    with op.batch_alter_table('panel_member', schema=None) as batch_op:
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('sifts')
        batch_op.drop_column('joined_at')

    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.drop_column('withdrawal')

    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_audit_event_number'), type_='unique')
        batch_op.drop_column('hash')
        batch_op.drop_column('subject_hash')
        batch_op.drop_column('salt')
        batch_op.drop_column('number')

    with op.batch_alter_table('deviation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deviation_round_id'))
        batch_op.drop_index(batch_op.f('ix_deviation_candidate_id'))

    op.drop_table('deviation')
    op.drop_table('sift_submission')
    with op.batch_alter_table('sift_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sift_rating_member_id'))
        batch_op.drop_index(batch_op.f('ix_sift_rating_criterion_id'))
        batch_op.drop_index(batch_op.f('ix_sift_rating_candidate_id'))

    op.drop_table('sift_rating')
    op.drop_table('pile')
    with op.batch_alter_table('interview_slot', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interview_slot_round_id'))
        batch_op.drop_index(batch_op.f('ix_interview_slot_candidate_id'))

    op.drop_table('interview_slot')
    with op.batch_alter_table('dissent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dissent_round_id'))
        batch_op.drop_index(batch_op.f('ix_dissent_member_id'))

    op.drop_table('dissent')
    with op.batch_alter_table('calibration_rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calibration_rating_member_id'))

    op.drop_table('calibration_rating')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_candidate_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_link_person_id'))

    op.drop_table('sign_in_link')
    op.drop_table('sift')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_message_recruitment_id'))
        batch_op.drop_index(batch_op.f('ix_message_due_at'))

    op.drop_table('message')
    op.drop_table('audit_head')
