"""What is loaded and run in a rehearsal, in place of a function."""


def handler(event, context):
    context.get_remaining_time_in_millis()
    return {"rehearsed": event}
