#include "gui/pages/function_templates.h"

#include <QCoreApplication>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QString translated(const char* text) {
    return QCoreApplication::translate("dogwatch::gui::FunctionTemplate", text);
}

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

}  // namespace

std::vector<FunctionTemplate> functionTemplates() {
    return {
        {translated("Python function"), u"new-function"_s, u"python3"_s, QString::fromUtf8(kPython), u"{}"_s},
        {translated("Shell script"), u"new-script"_s, u"sh"_s, QString::fromUtf8(kShell), u"{}"_s},
        {translated("Heartbeat: tells that it is alive"), u"heartbeat"_s, u"python3"_s,
         QString::fromUtf8(kHeartbeat), u"{}"_s},
        {translated("Pager: composes a message"), u"pager"_s, u"python3"_s, QString::fromUtf8(kPager),
         u"{\"metaevent\": \"a-test\"}"_s}};
}

}  // namespace dogwatch::gui
