"""First schema

Revision ID: 0001
Revises: 
Create Date: 2026-11-24

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=True),
    sa.Column('session_key', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    op.create_table('recruitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('charter', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('department', sa.String(length=200), nullable=False),
    sa.Column('case_number', sa.String(length=60), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('superior', sa.String(length=200), nullable=False),
    sa.Column('criteria_locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recruitment'))
    )
    op.create_table('amendment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_amendment_person_id_person')),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_amendment_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_amendment'))
    )
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_amendment_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('recruitment_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_audit_event_actor_id_person')),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_audit_event_recruitment_id_recruitment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('candidate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_candidate_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidate')),
    sa.UniqueConstraint('recruitment_id', 'ref', name=op.f('uq_candidate_recruitment_id'))
    )
    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_candidate_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('weight', sa.Double(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=True),
    sa.Column('here', sa.Text(), nullable=False),
    sa.Column('frozen', sa.JSON(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('weight > 0', name=op.f('ck_criterion_weight_positive')),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_criterion_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('recruitment_id', 'key', name=op.f('uq_criterion_recruitment_id'))
    )
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_criterion_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('interview_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_interview_round_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interview_round')),
    sa.UniqueConstraint('recruitment_id', 'number', name=op.f('uq_interview_round_recruitment_id'))
    )
    with op.batch_alter_table('interview_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interview_round_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('panel_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('side', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_panel_member_person_id_person')),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_panel_member_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_panel_member')),
    sa.UniqueConstraint('recruitment_id', 'person_id', name=op.f('uq_panel_member_recruitment_id'))
    )
    with op.batch_alter_table('panel_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_panel_member_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_panel_member_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('profile_section',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recruitment_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recruitment_id'], ['recruitment.id'], name=op.f('fk_profile_section_recruitment_id_recruitment'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_section')),
    sa.UniqueConstraint('recruitment_id', 'key', name=op.f('uq_profile_section_recruitment_id'))
    )
    with op.batch_alter_table('profile_section', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_section_recruitment_id'), ['recruitment_id'], unique=False)

    op.create_table('consensus',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_consensus_score_range')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_consensus_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_consensus_criterion_id_criterion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_consensus_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consensus')),
    sa.UniqueConstraint('round_id', 'candidate_id', 'criterion_id', name=op.f('uq_consensus_round_id'))
    )
    with op.batch_alter_table('consensus', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consensus_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consensus_criterion_id'), ['criterion_id'], unique=False)

    op.create_table('declaration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=True),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision', sa.String(length=20), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_declaration_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_declaration_decided_by_id_person')),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_declaration_member_id_panel_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration')),
    sa.UniqueConstraint('member_id', 'candidate_id', name=op.f('uq_declaration_member_id'))
    )
    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_declaration_member_id'), ['member_id'], unique=False)

    op.create_table('excuse',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_excuse_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_excuse_member_id_panel_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_excuse_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_excuse')),
    sa.UniqueConstraint('round_id', 'member_id', 'candidate_id', name=op.f('uq_excuse_round_id'))
    )
    with op.batch_alter_table('excuse', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_excuse_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_excuse_member_id'), ['member_id'], unique=False)

    op.create_table('guide_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('edited', sa.Boolean(), nullable=False),
    sa.Column('wording', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_guide_question_criterion_id_criterion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_guide_question_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guide_question'))
    )
    with op.batch_alter_table('guide_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_guide_question_criterion_id'), ['criterion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_guide_question_round_id'), ['round_id'], unique=False)

    op.create_table('round_candidate',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_round_candidate_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_round_candidate_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'candidate_id', name=op.f('pk_round_candidate'))
    )
    with op.batch_alter_table('round_candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_round_candidate_candidate_id'), ['candidate_id'], unique=False)

    op.create_table('round_criterion',
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_round_criterion_criterion_id_criterion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_round_criterion_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('round_id', 'criterion_id', name=op.f('pk_round_criterion'))
    )
    op.create_table('scorecard',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('overall', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidate.id'], name=op.f('fk_scorecard_candidate_id_candidate'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['panel_member.id'], name=op.f('fk_scorecard_member_id_panel_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['round_id'], ['interview_round.id'], name=op.f('fk_scorecard_round_id_interview_round'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scorecard')),
    sa.UniqueConstraint('round_id', 'member_id', 'candidate_id', name=op.f('uq_scorecard_round_id'))
    )
    with op.batch_alter_table('scorecard', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scorecard_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_scorecard_member_id'), ['member_id'], unique=False)

    op.create_table('rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scorecard_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('not_evidenced', sa.Boolean(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('score BETWEEN 1 AND 5', name=op.f('ck_rating_score_range')),
    sa.CheckConstraint('score IS NULL OR NOT not_evidenced', name=op.f('ck_rating_score_or_not_evidenced')),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_rating_criterion_id_criterion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['scorecard_id'], ['scorecard.id'], name=op.f('fk_rating_scorecard_id_scorecard'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    sa.UniqueConstraint('scorecard_id', 'criterion_id', name=op.f('uq_rating_scorecard_id'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_criterion_id'), ['criterion_id'], unique=False)



def downgrade():
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_criterion_id'))

    op.drop_table('rating')
    with op.batch_alter_table('scorecard', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scorecard_member_id'))
        batch_op.drop_index(batch_op.f('ix_scorecard_candidate_id'))

    op.drop_table('scorecard')
    op.drop_table('round_criterion')
    with op.batch_alter_table('round_candidate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_round_candidate_candidate_id'))

    op.drop_table('round_candidate')
    with op.batch_alter_table('guide_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_guide_question_round_id'))
        batch_op.drop_index(batch_op.f('ix_guide_question_criterion_id'))

    op.drop_table('guide_question')
    with op.batch_alter_table('excuse', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_excuse_member_id'))
        batch_op.drop_index(batch_op.f('ix_excuse_candidate_id'))

    op.drop_table('excuse')
    with op.batch_alter_table('declaration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_declaration_member_id'))
        batch_op.drop_index(batch_op.f('ix_declaration_candidate_id'))

    op.drop_table('declaration')
    with op.batch_alter_table('consensus', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consensus_criterion_id'))
        batch_op.drop_index(batch_op.f('ix_consensus_candidate_id'))

    op.drop_table('consensus')
    with op.batch_alter_table('profile_section', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_section_recruitment_id'))

    op.drop_table('profile_section')
    with op.batch_alter_table('panel_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_panel_member_recruitment_id'))
        batch_op.drop_index(batch_op.f('ix_panel_member_person_id'))

    op.drop_table('panel_member')
    with op.batch_alter_table('interview_round', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interview_round_recruitment_id'))

    op.drop_table('interview_round')
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_criterion_recruitment_id'))

    op.drop_table('criterion')
    with op.batch_alter_table('candidate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_candidate_recruitment_id'))

    op.drop_table('candidate')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_recruitment_id'))
        batch_op.drop_index(batch_op.f('ix_audit_event_actor_id'))

    op.drop_table('audit_event')
    with op.batch_alter_table('amendment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_amendment_recruitment_id'))

    op.drop_table('amendment')
    op.drop_table('recruitment')
    op.drop_table('person')
