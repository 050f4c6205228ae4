"""Claims after a disclosure: what they rest on, and that they were carried out"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade() -> None:
    op.create_table('disclosure_claim',
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('disclosed_on', sa.Date(), nullable=True),
    sa.Column('window_on', sa.Date(), nullable=True),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('grounds', sa.JSON(), nullable=False),
    sa.Column('measure', sa.String(length=32), nullable=True),
    sa.Column('proof', sa.String(length=32), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by', sa.String(length=64), nullable=True),
    sa.Column('done_name', sa.String(length=200), nullable=False),
    sa.Column('done_sealed', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('(done_on IS NULL) = (done_at IS NULL) AND (done_on IS NULL) = (done_by IS NULL) AND (done_on IS NULL) = (done_sealed IS NULL)', name=op.f('ck_disclosure_claim_done_is_whole')),
    sa.CheckConstraint('NOT late OR window_on IS NOT NULL', name=op.f('ck_disclosure_claim_late_has_a_last_day')),
    sa.CheckConstraint("measure IS NULL OR measure IN ('erase', 'stop-providing', 'stop-use')", name=op.f('ck_disclosure_claim_measure_is_known')),
    sa.CheckConstraint("proof IN ('anew', 'taken-over')", name=op.f('ck_disclosure_claim_proof_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_claim_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_disclosure_claim'))
    )


def downgrade() -> None:
    op.drop_table('disclosure_claim')
