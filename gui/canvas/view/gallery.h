// Gallery: what a new metaevent can begin with: proposals made from recorded data, and templates, each with a
// picture and a sentence. The chosen one asks for the few things that make it one's own.
#pragma once

#include <QAbstractButton>
#include <QHash>
#include <QWidget>
#include <vector>

#include "gui/canvas/model/proposals.h"
#include "gui/canvas/model/templates.h"
#include "gui/canvas/view/fields.h"

class QFormLayout;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace dogwatch::gui::canvas {

/// A timeline in the notation of Template::picture.
void paintTimeline(QPainter& painter, const QRectF& box, std::string_view picture, const Theme& theme);

/// One thing to begin with.
class GalleryCard final : public QAbstractButton {
    Q_OBJECT
 public:
    GalleryCard(const Theme& theme, std::string_view picture, const QString& title, const QString& sentence,
                QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return {196, 128}; }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    const Theme& theme_;
    std::string_view picture_;
    QString sentence_;
};

class Gallery final : public QWidget {
    Q_OBJECT
 public:
    Gallery(const Names& names, const Theme& theme, QWidget* parent = nullptr);

    /// Begins anew: `proposals` first, `function`: what the templates are about.
    void open(const QString& function, std::vector<Proposal> proposals);
    /// Whether a draft that was not applied can be taken up again.
    void setHasDraft(bool has);

 Q_SIGNALS:
    /// This shall be drawn.
    void chosen(const dogwatch::json::object& definition);
    void emptyChosen();
    void draftChosen();
    void cancelled();

 private:
    void addCards();
    void choose(int index);
    void showForm();
    void check();
    void finish();
    [[nodiscard]] Result<json::object> definition() const;
    QLineEdit* addField(const TemplateField& field);

    Names names_;
    const Theme& theme_;
    std::vector<Proposal> proposals_;
    std::vector<GalleryCard*> cards_;
    int chosen_ = 0;  ///< index among the proposals, then the templates
    QHash<QString, QString> values_;
    QGridLayout* grid_;
    QLabel* title_;
    QLabel* about_;
    QWidget* form_ = nullptr;
    QVBoxLayout* formPlace_;
    QLabel* sentence_;
    QLabel* fault_;
    QPushButton* finish_;
    QPushButton* draft_;
    QHash<QString, QLineEdit*> fields_;
};

}  // namespace dogwatch::gui::canvas
