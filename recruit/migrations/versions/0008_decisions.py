"""Recommendation, decision, references and hearings

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('hiring_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('approved_by', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('differs_because', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_hiring_decision_recorded_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_hiring_decision_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hiring_decision')),
    sa.UniqueConstraint('recruitment_id', name=op.f('uq_hiring_decision_recruitment_id'))
    )
    op.create_table('recommendation_earlier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_recommendation_earlier_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_recommendation_earlier_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation_earlier'))
    )
    with op.batch_alter_table('recommendation_earlier', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_earlier_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('recommendation_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_recommendation_text_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation_text')),
    sa.UniqueConstraint('recruitment_id', 'key', name=op.f('uq_recommendation_text_recruitment_id'))
    )
    with op.batch_alter_table('recommendation_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_text_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('hired_candidate',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_hired_candidate_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decision_id'], ['hiring_decision.id'], name=op.f('fk_hired_candidate_decision_id_hiring_decision'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('decision_id', 'candidate_id', name=op.f('pk_hired_candidate'))
    )
    with op.batch_alter_table('hired_candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hired_candidate_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('recommendation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.String(length=20), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verdict', sa.JSON(), nullable=True),
    sa.Column('kept_because', sa.Text(), nullable=False),
    sa.Column('final_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('final_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['final_by_id'], ['person.id'], name=op.f('fk_recommendation_final_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_recommendation_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_recommendation_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation')),
    sa.UniqueConstraint('recruitment_id', name=op.f('uq_recommendation_recruitment_id'))
    )
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_round_id'), ['round_id'], unique=False)

    op.create_table('recommendation_quote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_recommendation_quote_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_recommendation_quote_criterion_id_criterion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_recommendation_quote_member_id_panel_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_recommendation_quote_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation_quote'))
    )
    with op.batch_alter_table('recommendation_quote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_quote_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recommendation_quote_criterion_id'), ['criterion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recommendation_quote_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recommendation_quote_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('reference',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('referee', sa.String(length=200), nullable=False),
    sa.Column('relation', sa.String(length=20), nullable=False),
    sa.Column('consent_on', sa.Date(), nullable=False),
    sa.Column('consent_how', sa.String(length=20), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('called_on', sa.Date(), nullable=True),
    sa.Column('called_by', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_reference_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_reference_recorded_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference'))
    )
    with op.batch_alter_table('reference', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reference_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('hearing_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('reference_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('ending', sa.String(length=20), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('passed_because', sa.Text(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_hearing_task_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_hearing_task_opened_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['reference_id'], ['reference.id'], name=op.f('fk_hearing_task_reference_id_reference'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hearing_task'))
    )
    with op.batch_alter_table('hearing_task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hearing_task_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('recommended_candidate',
    sa.Column('recommendation_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_recommended_candidate_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], name=op.f('fk_recommended_candidate_recommendation_id_recommendation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('recommendation_id', 'candidate_id', name=op.f('pk_recommended_candidate'))
    )
    with op.batch_alter_table('recommended_candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommended_candidate_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('reference_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('wording', sa.JSON(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reference_id'], ['reference.id'], name=op.f('fk_reference_answer_reference_id_reference'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_answer')),
    sa.UniqueConstraint('reference_id', 'key', name=op.f('uq_reference_answer_reference_id'))
    )
    with op.batch_alter_table('reference_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reference_answer_reference_id'), ['reference_id'], unique=False)



def downgrade():
    with op.batch_alter_table('reference_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reference_answer_reference_id'))

    op.drop_table('reference_answer')
    with op.batch_alter_table('recommended_candidate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommended_candidate_candidate_id'))

    op.drop_table('recommended_candidate')
    with op.batch_alter_table('hearing_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hearing_task_candidate_id'))

    op.drop_table('hearing_task')
    with op.batch_alter_table('reference', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reference_candidate_id'))

    op.drop_table('reference')
    with op.batch_alter_table('recommendation_quote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_quote_recruitment_id'))
        batch_op.drop_index(batch_op.f('ix_recommendation_quote_member_id'))
        batch_op.drop_index(batch_op.f('ix_recommendation_quote_criterion_id'))
        batch_op.drop_index(batch_op.f('ix_recommendation_quote_candidate_id'))

    op.drop_table('recommendation_quote')
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_round_id'))

    op.drop_table('recommendation')
    with op.batch_alter_table('hired_candidate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hired_candidate_candidate_id'))

    op.drop_table('hired_candidate')
    with op.batch_alter_table('recommendation_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_text_recruitment_id'))

    op.drop_table('recommendation_text')
    with op.batch_alter_table('recommendation_earlier', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_earlier_recruitment_id'))

    op.drop_table('recommendation_earlier')
    op.drop_table('hiring_decision')
