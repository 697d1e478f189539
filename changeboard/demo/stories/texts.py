"""The texts of this month's changes. Data only."""

from dataclasses import dataclass, field

Line = tuple[str, str, str, int, int, int, bool]


@dataclass(frozen=True)
class Told:
    """One change as the story tells it. Steps: phase, text, undo, planned, worst and undo seconds, downtime."""

    number: int
    title: str
    why: str
    system: str
    by: str
    confidence: int
    tested: str
    undo: str
    undo_seconds: int = 90
    planned: int = 0
    worst: int = 0
    worst_words: str = "Nothing that people would notice"
    touches: tuple[str, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    steps: tuple[Line, ...] = ()
    # How far the month has come: draft, waiting, approved, deferred, rejected, withdrawn
    fate: str = "waiting"
    months_ahead: int = 0
    paragraph: str = ""
    # Which regulated function it touches, if one.
    regulated: str = ""


# By service: what to do meanwhile, the queue that must drain, whether it can still be read, and how.
AROUND: dict[str, tuple[str, str, str, str]] = {
    "Order entry": (
        "Use the paper order form; we enter it for you afterwards",
        "HL7 outbound, about 3 min",
        "yes",
        "A copy from 15 minutes before; operations switch it",
    ),
    "Worklist and reporting": (
        "For an urgent study, call the reading desk",
        "Reports to be sent, about 2 min",
        "yes",
        "The worklist of 15 minutes before, on the mirror",
    ),
    "Image ingestion": (
        "Keep sending: scanners repeat by themselves",
        "DICOM receivers, about 3 min",
        "no",
        "",
    ),
    "VPN tunnels": ("Wait half a minute: tunnels come back by themselves", "", "", ""),
    "Telephones": ("Call the mobile number on your emergency card", "", "", ""),
    "Web conferencing": ("Dial in by telephone", "", "", ""),
}

PLAIN: tuple[Line, ...] = (
    ("before", "Save the configuration", "Nothing to undo", 300, 300, 0, False),
    ("during", "Install on the first node", "Roll back the first node", 600, 900, 120, False),
    ("during", "Install on the second node", "Roll back the second node", 600, 900, 120, False),
    ("after", "Watch the queues for half an hour", "Nothing to undo", 1800, 1800, 0, False),
)

FIREWALL = Told(
    142,
    "Connect the two edge firewalls",
    "If one edge firewall fails today, all VPN tunnels drop and come back one by one, which takes about four "
    "minutes. With the interconnect the other takes over at once. The maker ends support for the present "
    "set-up on 31 December.",
    "RIS",
    "engineer",
    95,
    "Six runs on the lab pair with the same firmware. Five without a lost packet, one with a 4-second blip.",
    "Shut the interconnect port on B, then on A",
    90,
    0,
    30,
    "30 seconds without network while both firewalls agree who leads. VPN tunnels would renegotiate.",
    ("VPN tunnels", "Image ingestion", "Telephones", "Web conferencing"),
    {"vpn": "at_worst", "images": "at_worst", "telephones": "at_worst"},
    (
        ("before", "Save the configuration of both firewalls", "Nothing to undo", 300, 300, 0, False),
        ("before", "Patch the interconnect cable, ports shut", "Remove the cable", 600, 600, 60, False),
        ("before", "Load the interconnect configuration on A, inactive", "Delete it", 300, 300, 30, False),
        ("before", "Load the interconnect configuration on B, inactive", "Delete it", 300, 300, 30, False),
        ("before", "Clear stale neighbour entries on both", "Nothing to undo", 120, 180, 0, False),
        ("before", "Tell the bridge that the network part begins", "Nothing to undo", 60, 60, 0, False),
        ("during", "Bring up the interconnect port on firewall A", "Shut the port on A", 30, 30, 15, False),
        (
            "during",
            "Bring up the interconnect port on firewall B",
            "Shut the port on B, then on A",
            30,
            60,
            30,
            False,
        ),
        ("during", "Confirm state sync", "Shut both ports", 30, 60, 30, False),
        ("during", "Count the VPN tunnels: all 61 are up", "Shut both ports", 30, 60, 30, False),
        ("during", "Send a test image from two clients", "Nothing to undo", 60, 90, 0, False),
        ("during", "Call the test line through the telephone gateway", "Nothing to undo", 30, 60, 0, False),
        ("during", "Fail over from A to B on purpose", "Fail back to A", 15, 30, 15, False),
        ("during", "Fail back to A", "Fail over to B", 15, 30, 15, False),
        ("after", "Compare both configurations with the saved ones", "Nothing to undo", 300, 300, 0, False),
        ("after", "Watch tunnels and queues for thirty minutes", "Nothing to undo", 1800, 1800, 0, False),
        (
            "after",
            "Switch the alarms of both firewalls to the new names",
            "Switch them back",
            120,
            120,
            60,
            False,
        ),
        ("after", "Save the new configuration off site", "Nothing to undo", 120, 120, 0, False),
        ("after", "Update the network drawing", "Nothing to undo", 600, 600, 0, False),
        ("after", "Tell the wider circle how it went", "Nothing to undo", 300, 300, 0, False),
    ),
    "firewall",
    0,
    "During the same window we connect two network devices. Short interruptions of up to 30 seconds are possible; "
    "we expect none.",
)

TOLD = (
    Told(
        118, "Replace the load-balancer pair",
        "The maker ends support next summer; two of its four fans have been replaced already.",
        "RIS", "engineer2", 85, "Rehearsed twice on the mirror.", "Point the addresses back to the old pair", 180,
        300, 420, "Two minutes longer while the addresses settle", ("Order entry", "VPN tunnels"),
        {"vpn": "at_worst"},
        (("before", "Rack and cable the new pair", "Remove it", 3600, 3600, 0, False),
         ("during", "Move the addresses", "Move them back", 300, 420, 120, True),
         ("after", "Watch for an hour", "Nothing to undo", 3600, 3600, 0, False)),
        "deferred", 2,
    ),
    Told(
        131, "RIS monthly release", "New worklist filters, three repairs, and the quarterly reference data.",
        "RIS", "engineer2", 95, "Full regression on the mirror, twice.", "Restore the snapshot", 150,
        540, 660, "Two minutes more while the schema migrates", ("Order entry", "Worklist and reporting"), {},
        (("before", "Stage the packages", "Remove them", 900, 900, 30, False),
         ("during", "Maintenance mode on, stop the application pool", "Start the pool", 60, 60, 30, True),
         ("during", "Snapshot the database", "Nothing to undo", 90, 120, 0, True),
         ("during", "Install the packages", "Restore the snapshot", 150, 180, 60, True),
         ("during", "Migrate the schema", "Restore the snapshot", 120, 180, 60, True),
         ("during", "Start the pool, place a test order", "Stop the pool", 120, 120, 30, True),
         ("after", "Watch errors for an hour", "Nothing to undo", 3600, 3600, 0, False)),
        "approved", regulated="Critical-result calls",
    ),
    Told(
        138, "Patch the web-conferencing gateway", "Closes a hole that the maker published last week.",
        "Biz", "engineer", 99, "On the spare gateway, with three test calls.", "Switch to the spare gateway", 60,
        steps=PLAIN, touches=("Web conferencing",), answers={"telephones": "at_worst"}, fate="condition",
    ),
    Told(
        145, "Rotate the VPN tunnel certificates", "They end in January; the new ones are signed.",
        "RIS", "engineer", 99, "On two test tunnels.", "Load the old certificates", 60, steps=PLAIN,
        touches=("VPN tunnels",), fate="approved",
    ),
    Told(
        139, "Rebuild the worklist index", "Opening the worklist takes three seconds on busy nights.",
        "RIS", "engineer2", 90, "Twice on a copy of the production data.",
        "Drop the new index, rename the old one back", 40, 120, 150, "Half a minute longer on a cold cache",
        ("Worklist and reporting",), {},
        (("during", "Rebuild the worklist index", "Drop the new index, rename the old one back", 120, 150, 40, True),
         ("after", "Time ten searches", "Nothing to undo", 300, 300, 0, False)),
    ),
    Told(
        147, "Raise the image receiver pool", "Studies queue for minutes on Sunday nights.", "PACS", "engineer2", 90,
        "Load test with yesterday’s images.", "Lower the pool again", 60, steps=PLAIN,
        touches=("Image ingestion",), answers={"images": "at_worst"},
    ),
    Told(
        149, "Move the order archive to new storage", "The old storage fills up in March.", "RIS", "engineer2", 80,
        "Copied and compared twice.", "Mount the old storage", 240, 240, 360, "Two minutes longer to mount",
        ("Order entry",), {},
        (("before", "Copy the archive", "Delete the copy", 7200, 7200, 0, False),
         ("during", "Mount the new storage", "Mount the old storage", 240, 360, 120, True),
         ("after", "Compare a thousand orders", "Nothing to undo", 1800, 1800, 0, False)),
        months_ahead=1,
    ),
    Told(
        127, "Upgrade the RIS database to the next major version", "The present version is maintained until summer.",
        "RIS", "engineer2", 75, "One rehearsal; a second is planned.", "Start the old cluster", 300, 600, 720,
        "Twelve minutes when statistics are rebuilt", ("Order entry", "Worklist and reporting"),
        {"images": "at_worst"},
        (("before", "Build the new cluster beside the old one", "Remove it", 7200, 7200, 0, False),
         ("during", "Switch to the new cluster", "Start the old cluster", 600, 720, 300, True),
         ("after", "Rebuild statistics", "Nothing to undo", 3600, 3600, 0, False)),
        months_ahead=3,
    ),
    Told(
        136, "Brief support on the new worklist colours", "They answer calls about it from the first day.", "RIS",
        "engineer", 99, "Shown to two of them.", "Switch the old colours back on", 30, steps=PLAIN, fate="withdrawn",
    ),
    Told(
        140, "Reboot every server on the same night", "To start the year afresh.", "PACS", "engineer2", 60,
        "Not yet.", "Start them one by one", 600, steps=PLAIN, fate="rejected",
    ),
    Told(
        151, "New price list for after-hours reads", "Valid from January.", "Biz", "engineer2", 99, "", "", 0,
        steps=PLAIN[:2], fate="draft", months_ahead=1,
    ),
)  # fmt: skip

EMERGENCY = Told(
    153, "Replace the failing controller of image store B",
    "The controller of store B drops its disks every few minutes. If store A fails as well, new images stop.",
    "PACS", "engineer2", 90, "On the spare shelf, an hour ago.", "Put the old controller back", 300,
    touches=("Image ingestion",),
    steps=(
        ("before", "Route new images to store A alone", "Route them to both", 60, 120, 60, False),
        ("during", "Swap the controller", "Put the old one back", 900, 1500, 300, False),
        ("after", "Route new images to both stores", "Route them to store A alone", 60, 120, 60, False),
    ),
)  # fmt: skip

# question, who asks, answer, who verifies (None: still to be verified; no answer: open)
# What was answered first, and did not hold.
PUT_ASIDE = "Who keeps the second lab pair, and who pays for it?"
WRONG_AT_FIRST = {"How long will the platform be down?": "Not at all, whatever happens."}
QUESTIONS = (
    ("How have we tested this?", "chair", ("Six runs on the lab pair with the same firmware. Five without a lost "
     "packet, one with a 4-second blip from a stale neighbour table, since cleared as a step of its own."), "chair"),
    ("How long will the platform be down?", "member1", "Not at all as planned; at worst 30 seconds without network.",
     "member6"),
    ("If this goes wrong, what is the worst case?", "member3", ("30 seconds without network; then everything "
     "renegotiates on its own."), "member2"),
    ("What is your projected confidence?", "member1", "95 %.", "member2"),
    ("Will this impact web conferencing or telephones?", "member5", "Only at worst, for the same 30 seconds.",
     "member3"),
    ("Will image ingestion be affected?", "member3", ("Only at worst: senders queue for up to 30 seconds and resend "
     "on their own. Receivers keep 10 minutes of queue."), None),
    ("Could this interrupt our VPN tunnels?", "member6", "", None),
)  # fmt: skip

ATTACHED = {
    "failover-test.log": """\
11:02:10 active=fw-a standby=fw-b state=synced
11:02:31 failover requested on fw-a
11:02:33 active=fw-b, 0 of 412 sessions lost
11:04:05 failover back, active=fw-a, 0 of 412 sessions lost
""",
    "tunnels-before-and-after.csv": """\
run,tunnels before,tunnels after,longest gap in seconds
1,61,61,0
2,61,61,0
3,61,61,4
4,61,61,0
5,61,61,0
6,61,61,0
""",
    "cabling.txt": """\
firewall A, port 7  -- 10 m, blue --  firewall B, port 7
Spare cable: rack 3, second drawer. Both ports stay shut until step 7.
""",
}
