#include "gui/widgets/firing_strip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kBins = 60;
constexpr std::array<Duration, 5> kSpans{10min, 1h, 24h, 168h, 720h};

}  // namespace

FiringStrip::FiringStrip(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme), bins_(kBins) {
    setObjectName(QStringLiteral("firingStrip"));
    setAccessibleName(tr("Firings over time"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FiringStrip::setMarks(const std::vector<Mark>& marks, Time now) {
    now_ = now;
    span_ = kSpans.back();
    Duration oldest{};
    for (const Mark& mark : marks) oldest = std::max(oldest, now - mark.time);
    for (const Duration span : kSpans) {
        span_ = span;
        if (oldest <= span) break;
    }
    std::vector<Bin> bins(kBins);
    shown_ = 0;
    for (const Mark& mark : marks) {
        const Duration ago = now - mark.time;
        if (ago < Duration{} || ago >= span_) continue;
        const auto back = static_cast<std::size_t>(ago * static_cast<int>(kBins) / span_);
        Bin& bin = bins[kBins - 1 - std::min(back, kBins - 1)];
        ++(mark.silenced ? bin.silenced : bin.loud);
        ++shown_;
    }
    bins_ = std::move(bins);
    setAccessibleDescription(words());
    update();
}

QString FiringStrip::words() const {
    const QString span = durationText(span_.count());
    if (shown_ == 0) return tr("no firings in the last %1").arg(span);
    return shown_ == 1 ? tr("1 firing in the last %1").arg(span)
                       : tr("%1 firings in the last %2").arg(countText(shown_), span);
}

QString FiringStrip::binWords(std::size_t bin) const {
    const Time begin = now_ - span_ + span_ / static_cast<int>(kBins) * static_cast<int>(bin);
    QString text = tr("%1, firings: %2").arg(clockText(begin, now_)).arg(bins_[bin].total());
    if (bins_[bin].silenced > 0) text += tr(", %1 silenced").arg(bins_[bin].silenced);
    return text;
}

bool FiringStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const double share = std::clamp(help->pos().x() / std::max(1.0, double{width() - 1.0}), 0.0, 1.0);
    const auto bin = std::min(kBins - 1, static_cast<std::size_t>(share * static_cast<double>(kBins)));
    QToolTip::showText(help->globalPos(), binWords(bin), this);
    return true;
}

void FiringStrip::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    const Colors& colors = theme_.colors();
    int most = 1;
    for (const Bin& bin : bins_) most = std::max(most, bin.total());
    const double base = height() - 1.0;
    painter.fillRect(QRectF{0, base, double{width() + 0.0}, 1}, colors.field);
    const double step = width() / static_cast<double>(kBins);
    const auto bar = [&](std::size_t at, int from, int count, const QColor& color) {
        if (count == 0) return;
        const double unit = (base - 2) / most;
        const double bottom = base - unit * from;
        painter.fillRect(QRectF{static_cast<double>(at) * step, bottom - unit * count,
                                std::max(step - 1, 1.0), unit * count},
                         color);
    };
    for (std::size_t i = 0; i < kBins; ++i) {
        bar(i, 0, bins_[i].loud, colors.bad);
        bar(i, bins_[i].loud, bins_[i].silenced, colors.muted);
    }
}

}  // namespace dogwatch::gui
