"""Mails that tell of mails, as mail servers write them."""

POSTFIX = """\
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B/mx.example.com"

--B/mx.example.com
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B/mx.example.com
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 4QZ1
Arrival-Date: Tue,  1 Dec 2026 16:00:21 +0000 (UTC)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.hospital.example
Diagnostic-Code: smtp; {words}

--B/mx.example.com
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Message-ID: {name}
Subject: RIS maintenance
{more}
--B/mx.example.com--
"""
# As feedback loops write it (RFC 5965), with the whole mail.
COMPLAINT = """\
From: <abuse@isp.example>
To: {to}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

--part1
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part1
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Rcpt-To: <{address}>

--part1
Content-Type: message/rfc822

From: <maintenance@example.com>
Message-ID: {name}
Subject: RIS maintenance

Text.
--part1--
"""
VACATION = """\
From: Alex Kim <alex@hospital.example>
To: maintenance@example.com
Auto-Submitted: auto-replied
Subject: I am away. 5.1.1

Message-ID: <ris-2026-12.r0.two-weeks.c1@127.0.0.1>
"""


def bounce(name: str = "<x@y>", **said: str) -> bytes:
    """A mail server's report; `said` differs from a mailbox that nobody has."""
    usual = {
        "to": "maintenance@example.com",
        "address": "pacs@juniper.example",
        "action": "failed",
        "more": "",
    }
    usual |= {"status": "5.1.1", "words": "550 5.1.1 user unknown"}
    return POSTFIX.format(name=name, **usual | said).encode()


def complaint(
    name: str, *, to: str = "maintenance@example.com", address: str = "pacs@juniper.example"
) -> bytes:
    return COMPLAINT.format(name=name, to=to, address=address).encode()
