"""Cases and reports between bodies; accounts of other bodies"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements
from portal.migrations.in_place import change_checks

revision = "0034"
down_revision = "0033"

LEDGER = AppendOnly("discrepancy_step", ("id", ("case_number", "position")))
CHECK = "ck_staff_account_of_a_body_or_a_department"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "discrepancy_body",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name_ja", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("prefecture", sa.String(length=2), nullable=False),
        sa.Column("desk_section", sa.String(length=200), nullable=False),
        sa.Column("desk_telephone", sa.String(length=40), nullable=False),
        sa.Column("desk_fax", sa.String(length=40), nullable=False),
        sa.Column("desk_mail", sa.String(length=254), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('prefecture', 'municipality')) = (prefecture <> '')",
            name=op.f("ck_discrepancy_body_local_has_prefecture"),
        ),
        sa.CheckConstraint(
            "kind IN ('prefecture', 'municipality', 'ministry', 'other', 'operator', 'aggregator')",
            name=op.f("ck_discrepancy_body_kind_is_known"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_discrepancy_body")),
    )
    op.create_index(op.f("ix_discrepancy_body_kind"), "discrepancy_body", ["kind"], unique=False)
    op.create_index(op.f("ix_discrepancy_body_prefecture"), "discrepancy_body", ["prefecture"], unique=False)
    op.create_table(
        "discrepancy_code",
        sa.Column("code_table", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("name_ja", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("within", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.CheckConstraint(
            "code_table IN ('affair', 'information', 'causer', 'system-cause', 'human-cause', 'layout-cause', 'other-cause', 'effect', 'counterpart', 'ministry')",
            name=op.f("ck_discrepancy_code_code_table_is_known"),
        ),
        sa.CheckConstraint(
            "until IS NULL OR until >= effective_from", name=op.f("ck_discrepancy_code_ends_after_beginning")
        ),
        sa.PrimaryKeyConstraint("code_table", "key", "effective_from", name=op.f("pk_discrepancy_code")),
    )
    op.create_table(
        "discrepancy_cause",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("body_code", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_cause_body_code_discrepancy_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy_cause")),
    )
    op.create_index(op.f("ix_discrepancy_cause_body_code"), "discrepancy_cause", ["body_code"], unique=False)
    op.create_table(
        "discrepancy_case",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("inquirer_code", sa.String(length=10), nullable=False),
        sa.Column("provider_code", sa.String(length=10), nullable=True),
        sa.Column("causer", sa.String(length=16), nullable=True),
        sa.Column("causer_code", sa.String(length=10), nullable=True),
        sa.Column("cause_id", sa.String(length=36), nullable=True),
        sa.Column("affair", sa.String(length=60), nullable=False),
        sa.Column("information", sa.String(length=60), nullable=False),
        sa.Column("occurred_at", moment, nullable=False),
        sa.Column("checked", sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("incident_key", sa.String(length=80), nullable=True),
        sa.Column("papers_used_on", sa.Date(), nullable=True),
        sa.Column("cause_known_on", sa.Date(), nullable=True),
        sa.Column("quick", sa.Boolean(), nullable=True),
        sa.Column("remedied_on", sa.Date(), nullable=True),
        sa.Column("report_due_on", sa.Date(), nullable=True),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.String(length=64), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("serial", sa.LargeBinary(), nullable=True),
        sa.Column("serial_index", sa.String(length=64), nullable=True),
        sa.Column("office_wrap", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('accepted', 'closed-without-report')) = (closed_on IS NOT NULL)",
            name=op.f("ck_discrepancy_case_closed_has_its_day"),
        ),
        sa.CheckConstraint(
            "causer IN ('inquirer', 'provider', 'prefecture', 'operator')",
            name=op.f("ck_discrepancy_case_causer_is_known"),
        ),
        sa.CheckConstraint("kind IN ('different', 'undelivered')", name=op.f("ck_discrepancy_case_kind_is_known")),
        sa.CheckConstraint(
            "state <> 'report-due' OR report_due_on IS NOT NULL", name=op.f("ck_discrepancy_case_due_has_its_day")
        ),
        sa.CheckConstraint(
            "state IN ('doubt', 'outage-check', 'waiting-for-operator', 'self-check', 'provider-asked', 'investigating', 'provider-slow', 'escalated', 'cause-inquirer', 'cause-provider', 'duplicate-fixed', 'requeried', 'remedied', 'report-due', 'reported', 'accepted', 'closed-without-report')",
            name=op.f("ck_discrepancy_case_state_is_known"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('report-due', 'reported', 'accepted') OR causer IS NOT NULL",
            name=op.f("ck_discrepancy_case_due_of_somebody"),
        ),
        sa.CheckConstraint(
            "(causer IS NULL) = (causer_code IS NULL)", name=op.f("ck_discrepancy_case_causer_is_a_body")
        ),
        sa.CheckConstraint(
            "provider_code IS NULL OR provider_code <> inquirer_code", name=op.f("ck_discrepancy_case_two_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["cause_id"], ["discrepancy_cause.id"], name=op.f("fk_discrepancy_case_cause_id_discrepancy_cause")
        ),
        sa.ForeignKeyConstraint(
            ["causer_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_case_causer_code_discrepancy_body")
        ),
        sa.ForeignKeyConstraint(
            ["incident_key"], ["content_incident.key"], name=op.f("fk_discrepancy_case_incident_key_content_incident")
        ),
        sa.ForeignKeyConstraint(
            ["inquirer_code"],
            ["discrepancy_body.code"],
            name=op.f("fk_discrepancy_case_inquirer_code_discrepancy_body"),
        ),
        sa.ForeignKeyConstraint(
            ["provider_code"],
            ["discrepancy_body.code"],
            name=op.f("fk_discrepancy_case_provider_code_discrepancy_body"),
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_discrepancy_case")),
        sa.UniqueConstraint("fiscal_year", "sequence", name=op.f("uq_discrepancy_case_fiscal_year_sequence")),
    )
    op.create_index(op.f("ix_discrepancy_case_affair"), "discrepancy_case", ["affair"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_cause_id"), "discrepancy_case", ["cause_id"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_causer_code"), "discrepancy_case", ["causer_code"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_incident_key"), "discrepancy_case", ["incident_key"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_information"), "discrepancy_case", ["information"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_inquirer_code"), "discrepancy_case", ["inquirer_code"], unique=False)
    op.create_index("ix_discrepancy_case_opened", "discrepancy_case", ["opened_at", "number"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_provider_code"), "discrepancy_case", ["provider_code"], unique=False)
    op.create_index(op.f("ix_discrepancy_case_serial_index"), "discrepancy_case", ["serial_index"], unique=False)
    op.create_index("ix_discrepancy_case_state_due", "discrepancy_case", ["state", "report_due_on"], unique=False)
    op.create_table(
        "discrepancy_report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("body_code", sa.String(length=10), nullable=False),
        sa.Column("cause_id", sa.String(length=36), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("nth", sa.Integer(), nullable=True),
        sa.Column("causer", sa.String(length=16), nullable=False),
        sa.Column("affair", sa.String(length=60), nullable=False),
        sa.Column("information", sa.String(length=60), nullable=False),
        sa.Column("cause_table", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=60), nullable=False),
        sa.Column("effect", sa.String(length=60), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("returned_because", sa.LargeBinary(), nullable=True),
        sa.Column("office_wrap", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.Column("receipt_number", sa.String(length=20), nullable=True),
        sa.Column("received_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (receipt_number IS NOT NULL)",
            name=op.f("ck_discrepancy_report_accepted_has_number"),
        ),
        sa.CheckConstraint(
            "(state = 'accepted') = (received_at IS NOT NULL)", name=op.f("ck_discrepancy_report_accepted_has_time")
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR returned_because IS NOT NULL", name=op.f("ck_discrepancy_report_returned_says_why")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'filed', 'returned', 'accepted', 'discarded')",
            name=op.f("ck_discrepancy_report_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["body_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_report_body_code_discrepancy_body")
        ),
        sa.ForeignKeyConstraint(
            ["cause_id"], ["discrepancy_cause.id"], name=op.f("fk_discrepancy_report_cause_id_discrepancy_cause")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy_report")),
        sa.UniqueConstraint("body_code", "filed_on", "nth", name=op.f("uq_discrepancy_report_body_code_filed_on_nth")),
        sa.UniqueConstraint("receipt_number", name=op.f("uq_discrepancy_report_receipt_number")),
    )
    op.create_index(op.f("ix_discrepancy_report_body_code"), "discrepancy_report", ["body_code"], unique=False)
    op.create_index(op.f("ix_discrepancy_report_cause_id"), "discrepancy_report", ["cause_id"], unique=False)
    op.create_index(
        "ix_discrepancy_report_counted", "discrepancy_report", ["filed_on", "cause_table", "cause"], unique=False
    )
    op.create_index("ix_discrepancy_report_state", "discrepancy_report", ["state", "filed_on"], unique=False)
    op.create_table(
        "discrepancy_case_body",
        sa.Column("case_number", sa.String(length=20), nullable=False),
        sa.Column("body_code", sa.String(length=10), nullable=False),
        sa.Column("party", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "party IN ('inquirer', 'provider', 'prefecture', 'operator')",
            name=op.f("ck_discrepancy_case_body_party_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["body_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_case_body_body_code_discrepancy_body")
        ),
        sa.ForeignKeyConstraint(
            ["case_number"],
            ["discrepancy_case.number"],
            name=op.f("fk_discrepancy_case_body_case_number_discrepancy_case"),
        ),
        sa.PrimaryKeyConstraint("case_number", "body_code", "party", name=op.f("pk_discrepancy_case_body")),
    )
    op.create_index(
        "ix_discrepancy_case_body_body", "discrepancy_case_body", ["body_code", "case_number"], unique=False
    )
    op.create_table(
        "discrepancy_enquiry",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=True),
        sa.Column("from_code", sa.String(length=10), nullable=False),
        sa.Column("to_code", sa.String(length=10), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("called_at", moment, nullable=True),
        sa.Column("asked", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", moment, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "form IN ('02-04', '03-03', '03-13', 'report')", name=op.f("ck_discrepancy_enquiry_form_is_known")
        ),
        sa.CheckConstraint(
            "kind IN ('provider', 'operator', 'aggregator', 'ministry', 'others-affected')",
            name=op.f("ck_discrepancy_enquiry_kind_is_known"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_discrepancy_enquiry_answered_has_answer")
        ),
        sa.ForeignKeyConstraint(
            ["case_number"],
            ["discrepancy_case.number"],
            name=op.f("fk_discrepancy_enquiry_case_number_discrepancy_case"),
        ),
        sa.ForeignKeyConstraint(
            ["from_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_enquiry_from_code_discrepancy_body")
        ),
        sa.ForeignKeyConstraint(
            ["to_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_enquiry_to_code_discrepancy_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy_enquiry")),
    )
    op.create_index(op.f("ix_discrepancy_enquiry_case_number"), "discrepancy_enquiry", ["case_number"], unique=False)
    op.create_index(op.f("ix_discrepancy_enquiry_due_on"), "discrepancy_enquiry", ["due_on"], unique=False)
    op.create_index(op.f("ix_discrepancy_enquiry_from_code"), "discrepancy_enquiry", ["from_code"], unique=False)
    op.create_index(op.f("ix_discrepancy_enquiry_to_code"), "discrepancy_enquiry", ["to_code"], unique=False)
    op.create_table(
        "discrepancy_report_case",
        sa.Column("report_id", sa.String(length=36), nullable=False),
        sa.Column("case_number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_number"],
            ["discrepancy_case.number"],
            name=op.f("fk_discrepancy_report_case_case_number_discrepancy_case"),
        ),
        sa.ForeignKeyConstraint(
            ["report_id"],
            ["discrepancy_report.id"],
            name=op.f("fk_discrepancy_report_case_report_id_discrepancy_report"),
        ),
        sa.PrimaryKeyConstraint("report_id", "case_number", name=op.f("pk_discrepancy_report_case")),
    )
    op.create_index(
        op.f("ix_discrepancy_report_case_case_number"), "discrepancy_report_case", ["case_number"], unique=False
    )
    op.create_table(
        "discrepancy_step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_number", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("body_code", sa.String(length=10), nullable=True),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('doubt', 'outage-check', 'waiting-for-operator', 'self-check', 'provider-asked', 'investigating', 'provider-slow', 'escalated', 'cause-inquirer', 'cause-provider', 'duplicate-fixed', 'requeried', 'remedied', 'report-due', 'reported', 'accepted', 'closed-without-report')",
            name=op.f("ck_discrepancy_step_state_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["body_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_step_body_code_discrepancy_body")
        ),
        sa.ForeignKeyConstraint(
            ["case_number"], ["discrepancy_case.number"], name=op.f("fk_discrepancy_step_case_number_discrepancy_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy_step")),
        sa.UniqueConstraint("case_number", "position", name=op.f("uq_discrepancy_step_case_number_position")),
    )
    op.create_table(
        "discrepancy_enquiry_leg",
        sa.Column("enquiry_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body_code", sa.String(length=10), nullable=False),
        sa.Column("reached_at", moment, nullable=True),
        sa.Column("passed_on_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["body_code"], ["discrepancy_body.code"], name=op.f("fk_discrepancy_enquiry_leg_body_code_discrepancy_body")
        ),
        sa.ForeignKeyConstraint(
            ["enquiry_id"],
            ["discrepancy_enquiry.id"],
            name=op.f("fk_discrepancy_enquiry_leg_enquiry_id_discrepancy_enquiry"),
        ),
        sa.PrimaryKeyConstraint("enquiry_id", "position", name=op.f("pk_discrepancy_enquiry_leg")),
    )
    op.create_index(
        op.f("ix_discrepancy_enquiry_leg_body_code"), "discrepancy_enquiry_leg", ["body_code"], unique=False
    )
    op.add_column("staff_account", sa.Column("body_code", sa.String(length=10), nullable=True))
    op.create_index(op.f("ix_staff_account_body_code"), "staff_account", ["body_code"], unique=False)
    change_checks("staff_account", {CHECK: "body_code IS NULL OR department_id IS NULL"})
    for statement in statements(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)


def downgrade() -> None:
    for statement in removals(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)
    change_checks("staff_account", {CHECK: None})
    op.drop_index(op.f("ix_staff_account_body_code"), table_name="staff_account")
    op.drop_column("staff_account", "body_code")
    op.drop_index(op.f("ix_discrepancy_enquiry_leg_body_code"), table_name="discrepancy_enquiry_leg")
    op.drop_table("discrepancy_enquiry_leg")
    op.drop_table("discrepancy_step")
    op.drop_index(op.f("ix_discrepancy_report_case_case_number"), table_name="discrepancy_report_case")
    op.drop_table("discrepancy_report_case")
    op.drop_index(op.f("ix_discrepancy_enquiry_to_code"), table_name="discrepancy_enquiry")
    op.drop_index(op.f("ix_discrepancy_enquiry_from_code"), table_name="discrepancy_enquiry")
    op.drop_index(op.f("ix_discrepancy_enquiry_due_on"), table_name="discrepancy_enquiry")
    op.drop_index(op.f("ix_discrepancy_enquiry_case_number"), table_name="discrepancy_enquiry")
    op.drop_table("discrepancy_enquiry")
    op.drop_index("ix_discrepancy_case_body_body", table_name="discrepancy_case_body")
    op.drop_table("discrepancy_case_body")
    op.drop_index("ix_discrepancy_report_state", table_name="discrepancy_report")
    op.drop_index("ix_discrepancy_report_counted", table_name="discrepancy_report")
    op.drop_index(op.f("ix_discrepancy_report_cause_id"), table_name="discrepancy_report")
    op.drop_index(op.f("ix_discrepancy_report_body_code"), table_name="discrepancy_report")
    op.drop_table("discrepancy_report")
    op.drop_index("ix_discrepancy_case_state_due", table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_serial_index"), table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_provider_code"), table_name="discrepancy_case")
    op.drop_index("ix_discrepancy_case_opened", table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_inquirer_code"), table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_information"), table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_incident_key"), table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_causer_code"), table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_cause_id"), table_name="discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_case_affair"), table_name="discrepancy_case")
    op.drop_table("discrepancy_case")
    op.drop_index(op.f("ix_discrepancy_cause_body_code"), table_name="discrepancy_cause")
    op.drop_table("discrepancy_cause")
    op.drop_table("discrepancy_code")
    op.drop_index(op.f("ix_discrepancy_body_prefecture"), table_name="discrepancy_body")
    op.drop_index(op.f("ix_discrepancy_body_kind"), table_name="discrepancy_body")
    op.drop_table("discrepancy_body")
