-- What is loaded and run in a rehearsal, in place of a function.
return {
    handler = function(event, context)
        return { rehearsed = event, left = context.get_remaining_time_in_millis() > 0 }
    end,
}
