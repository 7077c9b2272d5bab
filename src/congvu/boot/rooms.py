"""The room list: the one line outside a room that changes when a room is added. Order is the order of the floors."""

ROOMS = (
    "congvu.ground.ui",
    "congvu.ground.audit",
    "congvu.ground.events",
    "congvu.ground.law",
    "congvu.ground.worktime",
    "congvu.ground.accounts",
    "congvu.ground.orgs",
    "congvu.ground.records",
    "congvu.ground.files",
    "congvu.ground.numbering",
    "congvu.ground.notifications",
    "congvu.engines.deadlines",
    "congvu.engines.exchange",
    "congvu.engines.forms",
    "congvu.engines.signing",
    "congvu.engines.typeset",
    "congvu.engines.workflow",
    "congvu.domains.procedures",
    "congvu.domains.dossiers",
    "congvu.domains.documents",
    "congvu.domains.tasks",
    "congvu.domains.workfiles",
    "congvu.domains.digitising",
    "congvu.domains.calendars",
    "congvu.journeys",
)

FACES = (
    "congvu.faces.desk",
    "congvu.faces.portal",
    "congvu.faces.api",
)
