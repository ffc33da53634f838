#include "gui/widgets/phase_bar.h"

#include <QPainter>
#include <algorithm>
#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kBar = 8;

struct Part {
    QString name;
    std::int64_t us;
    Tone tone;
};

std::array<Part, 3> partsOf(const Phases& phases) {
    const QString init =
        phases.start.isEmpty() ? PhaseBar::tr("init") : PhaseBar::tr("init (%1)").arg(phases.start);
    return {Part{PhaseBar::tr("queue"), phases.queueUs.value_or(0), Tone::Muted},
            Part{init, phases.initUs.value_or(0), Tone::Warning},
            Part{PhaseBar::tr("run"), phases.runUs.value_or(0), Tone::Busy}};
}

}  // namespace

PhaseBar::PhaseBar(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setAccessibleName(tr("Phases of time"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize PhaseBar::sizeHint() const {
    return {320, kBar + 6 + fontMetrics().height()};
}
QSize PhaseBar::minimumSizeHint() const {
    return {160, sizeHint().height()};
}

void PhaseBar::set(const Phases& phases) {
    phases_ = phases;
    QStringList words;
    for (const Part& part : partsOf(phases)) words.append(part.name + u" "_s + durationText(part.us));
    setAccessibleDescription(words.join(u", "_s));
    setToolTip(words.join(u"\n"_s));
    update();
}

void PhaseBar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF bar{0, 0, static_cast<double>(width()), kBar};
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.colors().sunken);
    painter.drawRoundedRect(bar, 3, 3);
    const auto parts = partsOf(phases_);
    std::int64_t total = 0;
    for (const Part& part : parts) total += part.us;
    if (!phases_.runUs && total == 0) {
        painter.setPen(theme_.colors().muted);
        painter.drawText(QRectF{0, kBar + 4.0, bar.width(), height() - kBar - 4.0},
                         Qt::AlignLeft | Qt::AlignVCenter, tr("Not started yet"));
        return;
    }
    double x = 0;
    double textX = 0;
    for (const Part& part : parts) {
        const double wide =
            total > 0 ? static_cast<double>(part.us) / static_cast<double>(total) * bar.width() : 0;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme_.tone(part.tone));
        if (part.us > 0) painter.drawRect(QRectF{x, 0, std::max(wide, 1.0), kBar});
        x += wide;
        const QString text = part.name + u" "_s + durationText(part.us);
        const QRectF line{textX, kBar + 4.0, bar.width() - textX, height() - kBar - 4.0};
        painter.drawRoundedRect(QRectF{line.left(), line.center().y() - 4, 8, 8}, 2, 2);
        painter.setPen(theme_.colors().muted);
        painter.drawText(line.adjusted(13, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
        textX += painter.fontMetrics().horizontalAdvance(text) + 30;
    }
}

}  // namespace dogwatch::gui
