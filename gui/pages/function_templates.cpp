#include "gui/pages/function_templates.h"

#include <QCoreApplication>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct FunctionTemplateWords {
    Q_DECLARE_TR_FUNCTIONS(FunctionTemplateWords)
};

const char kPython[] = R"(def handler(event, context):
    print("called with", event)
    return {"ok": True}
)";

const char kHeartbeat[] = R"(import time


def handler(event, context):
    """Tells that it is alive; a metaevent can watch for its absence."""
    return {"alive": True, "at": int(time.time())}
)";

const char kPager[] = R"(def handler(event, context):
    """Composes a message from what a metaevent hands it."""
    name = (event or {}).get("metaevent", "somebody")
    text = f"Attention: {name} fired."
    print(text)
    return {"text": text}
)";

const char kShell[] =
    R"(# The payload is on standard input; the last line printed is the result when it is JSON.
payload=$(cat)
echo "called with $payload"
echo '{"ok": true}'
)";

const char kLua[] = R"(local M = {}

function M.handler(event, context)
    print("called by " .. context.function_name)
    return { ok = true }
end

return M
)";

const char kNode[] = R"(exports.handler = async (event, context) => {
    console.log("called with", event);
    return { ok: true };
};
)";

const char kProvided[] = R"(#!/bin/bash
# Any executable may stand here: it asks for invocations over the AWS Lambda runtime API and posts the results.
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
    event=$(curl -sS -D /tmp/headers "$api/next")
    id=$(tr -d '\r' </tmp/headers | sed -n 's/^Lambda-Runtime-Aws-Request-Id: //p')
    echo "called with $event"
    curl -sS -o /dev/null -d '{"ok": true}' "$api/$id/response"
done
)";

}  // namespace

std::vector<FunctionTemplate> functionTemplates() {
    return {{FunctionTemplateWords::tr("Python function"), u"new-function"_s, u"python3"_s,
             QString::fromUtf8(kPython), u"{}"_s},
            {FunctionTemplateWords::tr("Shell script"), u"new-script"_s, u"sh"_s, QString::fromUtf8(kShell),
             u"{}"_s},
            {FunctionTemplateWords::tr("Lua function"), u"new-lua-function"_s, u"lua"_s,
             QString::fromUtf8(kLua), u"{}"_s},
            {FunctionTemplateWords::tr("Node.js function"), u"new-node-function"_s, u"node"_s,
             QString::fromUtf8(kNode), u"{}"_s},
            {FunctionTemplateWords::tr("Program with the Lambda runtime API"), u"new-program"_s,
             u"provided"_s, QString::fromUtf8(kProvided), u"{}"_s},
            {FunctionTemplateWords::tr("Heartbeat: tells that it is alive"), u"heartbeat"_s, u"python3"_s,
             QString::fromUtf8(kHeartbeat), u"{}"_s},
            {FunctionTemplateWords::tr("Pager: composes a message"), u"pager"_s, u"python3"_s,
             QString::fromUtf8(kPager), u"{\"metaevent\": \"a-test\"}"_s}};
}

}  // namespace dogwatch::gui
