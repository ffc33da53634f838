"""What the runner's rehearsal loads and runs, in place of a function."""


def handler(event, context):
    context.get_remaining_time_in_millis()
    return {"rehearsed": event}
