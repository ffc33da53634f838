#include "gui/pages/first_steps.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

FirstSteps::FirstSteps(const Theme& theme, QWidget* parent) : QWidget(parent) {
    setObjectName(u"firstSteps"_s);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    const auto addWay = [row](const QString& title, const QString& text, const QList<QPushButton*>& buttons) {
        auto* card = new Card{title};
        card->content()->addWidget(caption(text));
        card->content()->addStretch();
        for (QPushButton* each : buttons) card->content()->addWidget(each);
        row->addWidget(card, 1);
    };
    const auto way = [&](QPushButton* made, const QString& name, void (FirstSteps::*wanted)()) {
        made->setObjectName(name);
        connect(made, &QPushButton::clicked, this, wanted);
        return made;
    };
    addWay(tr("Look at a demo"),
           tr("A workspace of its own in a second window: sample functions run and fail, metaevents watch "
              "them, and a tour shows around. Nothing of it is kept, and nothing here changes."),
           {way(button(theme, u"play"_s, tr("Open the demo")), u"firstDemo"_s, &FirstSteps::demoWanted)});
    addWay(tr("Write a function"),
           tr("A few lines of Python, JavaScript, Lua or shell that run in a virtual machine: by hand, by "
              "schedule, by request, or as the job of a metaevent."),
           {way(primaryButton(theme, u"plus"_s, tr("New function")), u"firstFunction"_s,
                &FirstSteps::functionWanted)});
    addWay(
        tr("Bring what you have"),
        tr("Metaevents exported elsewhere go on watching here; records of what happened can be looked back "
           "upon as if it had happened here."),
        {way(button(theme, u"metaevents"_s, tr("Metaevents from a file…")), u"firstMetaevents"_s,
             &FirstSteps::metaeventsWanted),
         way(button(theme, u"journal"_s, tr("Records from a file…")), u"firstRecords"_s,
             &FirstSteps::recordsWanted)});
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(kGap);
    layout->addWidget(sectionTitle(tr("Three ways to begin")));
    layout->addLayout(row);
    layout->addStretch(1);
}

}  // namespace dogwatch::gui
