"""Composes the message that would wake whoever is on call, and prints it. A real one would send it."""

from datetime import datetime, timezone


def clock(microseconds):
    if microseconds is None:
        return "never"
    return datetime.fromtimestamp(microseconds / 1e6, timezone.utc).strftime("%H:%M:%S.%f")[:-3] + " UTC"


def handler(event, context):
    silence = ""
    if event.get("last_seen") is not None:
        silence = f" ({(event['noticed'] - event['last_seen']) / 1e6:.3f} s of silence)"
    message = (
        f"To: on call\n"
        f"Subject: {event['subject']}\n"
        f"\n"
        f"Last seen:  {clock(event.get('last_seen'))}\n"
        f"Noticed:    {clock(event['noticed'])}{silence}\n"
        f"Noticed by: {event['metaevent']}\n"
    )
    print(message, end="")
    return {"paged": "on call", "subject": event["subject"]}
