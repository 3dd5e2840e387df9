"""Write the application's one style sheet: flat panels, hairline borders, rounded controls, visible focus."""

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from explorer.ui.look.theme import Theme


def stylesheet(theme: "Theme") -> str:
    """The sheet for a theme. Widgets opt in to variants by dynamic property, for example `role="muted"`."""
    names = {field: getattr(theme, field).name() for field in _PLAIN}
    for role in ("forward", "backward", "target", "loss", "parameter"):
        shades = theme.role(role)
        names |= {
            role: shades.line.name(),
            f"{role}_text": shades.text.name(),
            f"{role}_soft": shades.soft.name(),
        }
    names["on_accent"] = theme.surface.name()
    names["check"] = f"icons:check-{theme.name}.svg"
    return Template(_SHEET).substitute(names)


_PLAIN = ("window", "surface", "raised", "sunken", "border", "strong_border", "text", "muted", "faint")

_SHEET = """
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0 }
QWidget:disabled { color: $faint }
QToolTip { background: $raised; color: $text; border: 1px solid $strong_border; padding: 4px 6px }

QMenuBar { background: $window; border-bottom: 1px solid $border; spacing: 2px; padding: 1px 4px }
QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $sunken }
QMenu { background: $raised; border: 1px solid $border; padding: 4px }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px }
QMenu::item:selected { background: $forward_soft; color: $text }
QMenu::item:disabled { color: $faint }
QMenu::separator { height: 1px; background: $border; margin: 4px 6px }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $border }
QStatusBar::item { border: none }
QSplitter::handle { background: $border }
QSplitter::handle:horizontal { width: 1px }
QSplitter::handle:vertical { height: 1px }

QPushButton, QToolButton {
    background: $raised; color: $text; border: 1px solid $border; border-radius: 5px; padding: 4px 11px }
QToolButton { padding: 4px 6px }
QPushButton:hover, QToolButton:hover { border-color: $strong_border; background: $window }
QPushButton:pressed, QToolButton:pressed { background: $sunken }
QPushButton:checked, QToolButton:checked {
    background: $forward_soft; border-color: $forward; color: $forward_text }
QPushButton:default { border-color: $forward }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $window }
QPushButton[role="primary"] {
    background: $forward; border-color: $forward; color: $on_accent; font-weight: 600 }
QPushButton[role="primary"]:hover { background: $forward_text; border-color: $forward_text }
QPushButton[role="primary"]:disabled { background: $sunken; border-color: $border; color: $faint }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QAbstractSpinBox:focus, QLineEdit:focus,
QPlainTextEdit:focus, QTableView:focus, QListView:focus, QTextBrowser:focus { border: 2px solid $forward }
QPushButton:focus { padding: 3px 10px }
QPushButton[role="primary"]:focus { border-color: $text }
QToolButton:focus { padding: 3px 5px }
QToolButton[role="flat"] { background: transparent }
QToolButton[role="flat"]:hover { background: $sunken; border-color: $strong_border }
QToolButton[role="flat"]:focus, QPushButton[role="flat"]:focus { border-color: $forward }
QToolButton[role="flat"]:checked { background: $forward_soft; border-color: $forward }
QToolButton[role="sign"] { background: transparent; border-color: transparent }
QToolButton[role="sign"]:hover { background: $sunken }
QToolButton[role="sign"]:focus { border-color: $forward }
QToolButton[segment] { border-radius: 0; padding: 3px 8px; margin-left: -1px }
QToolButton[segment="first"] { border-top-left-radius: 5px; border-bottom-left-radius: 5px; margin-left: 0 }
QToolButton[segment="last"] { border-top-right-radius: 5px; border-bottom-right-radius: 5px }
QToolButton[segment]:focus { padding: 2px 7px }
QToolButton::menu-indicator { image: none; width: 0 }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit {
    background: $surface; color: $text; border: 1px solid $border; border-radius: 4px;
    padding: 3px 7px; min-height: 17px; selection-background-color: $forward; selection-color: $on_accent }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus { padding: 2px 6px }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $strong_border }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { background: $window }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] { border-color: $backward }
QComboBox[role="flat"] { background: transparent; padding-left: 5px }
QComboBox[role="flat"]:hover { background: $sunken; border-color: $strong_border }
QComboBox[role="flat"]:focus { border-color: $forward; padding-left: 4px }
QComboBox[role="heading"] { background: transparent; padding: 0 0 0 5px; min-height: 16px; max-height: 16px }
QComboBox[role="heading"]:focus { padding: 0 0 0 4px; min-height: 14px; max-height: 14px }
QComboBox[role="heading"]::drop-down { width: 18px }
QComboBox QLineEdit, QComboBox QLineEdit:focus { background: transparent; border: none; padding: 0; min-height: 0 }
QComboBox { padding-right: 0 }
QComboBox:focus { padding-right: 0 }
QComboBox::drop-down { border: none; width: 21px }
QComboBox::down-arrow { image: url(icons:chevron-down.svg); width: 10px; height: 10px }
QComboBox QAbstractItemView {
    background: $raised; border: 1px solid $border; padding: 3px; outline: 0;
    selection-background-color: $forward_soft; selection-color: $text }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border-radius: 4px }
QAbstractSpinBox { padding: 1px 18px 2px 0; min-height: 0 }
QAbstractSpinBox:focus { padding: 0 17px 1px 0 }
QAbstractSpinBox::up-button {
    border: none; width: 18px; subcontrol-origin: border; subcontrol-position: top right }
QAbstractSpinBox::down-button {
    border: none; width: 18px; subcontrol-origin: border; subcontrol-position: bottom right }
QAbstractSpinBox::up-arrow { image: url(icons:chevron-up.svg); width: 8px; height: 8px }
QAbstractSpinBox::down-arrow { image: url(icons:chevron-down.svg); width: 8px; height: 8px }

QCheckBox, QRadioButton { spacing: 7px; padding: 2px; border: 1px solid transparent; border-radius: 4px }
QCheckBox:focus, QRadioButton:focus { border-color: $forward }
QCheckBox::indicator, QRadioButton::indicator {
    width: 13px; height: 13px; border: 1px solid $muted; background: $surface }
QCheckBox::indicator { border-radius: 3px }
QRadioButton::indicator { border-radius: 7px }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $forward }
QCheckBox::indicator:checked { background: $forward; border-color: $forward; image: url($check) }
QRadioButton::indicator:checked { border-color: $forward; background: qradialgradient(
    cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0.52 $forward, stop: 0.62 $surface) }
QRadioButton[role="target"]::indicator:checked { border-color: $target; background: qradialgradient(
    cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0.52 $target, stop: 0.62 $surface) }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $border; background: $window }

.QSlider:horizontal { min-height: 20px }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $strong_border }
QSlider::sub-page:horizontal { border-radius: 2px; background: $forward }
QSlider::handle:horizontal {
    width: 13px; height: 13px; margin: -6px 0; border-radius: 7px;
    background: $raised; border: 1px solid $forward }
QSlider::handle:horizontal:focus { border: 2px solid $forward; width: 12px; height: 12px }
QProgressBar {
    border: none; border-radius: 1px; background: $sunken; min-height: 3px; max-height: 3px; color: transparent }
QProgressBar::chunk { border-radius: 1px; background: $forward }

QTabBar { qproperty-drawBase: 0 }
QTabBar::tab { padding: 5px 11px 6px 11px; color: $muted; border: 1px solid transparent; border-bottom-width: 2px }
QTabBar::tab:selected { color: $text; border-bottom-color: $forward }
QTabBar::tab:hover { color: $text }
QTabBar::tab:focus {
  background: $forward_soft; border: 2px solid $forward; padding-top: 4px; padding-left: 10px; padding-right: 10px
}
QTabBar[role="compact"]::tab { padding: 2px 5px 2px 5px }
QTabBar[role="compact"]::tab:focus { padding-top: 1px; padding-left: 4px; padding-right: 4px }

QScrollBar { background: transparent; border: none; margin: 0 }
QScrollBar:vertical { width: 11px }
QAbstractScrollArea::corner { background: transparent; border: none }
QScrollBar:horizontal { height: 11px }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px }
QScrollBar::handle:vertical { min-height: 30px }
QScrollBar::handle:horizontal { min-width: 30px }
QScrollBar::handle:hover { background: $strong_border }
QScrollBar::handle:disabled { background: transparent }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; width: 0; height: 0 }
QScrollArea, QGraphicsView { border: none; background: transparent }
QTableView, QListView, QTextBrowser {
    background: $surface; border: 1px solid $border; border-radius: 4px; gridline-color: $border; outline: 0 }
QListView::item:disabled { color: $muted }
QTableCornerButton::section { background: $window; border: none }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-bottom: 1px solid $border; padding: 4px }

QFrame[role="panel"] { background: $window; border: none }
QFrame[role="canvas"] { background: $surface; border: none }
QFrame[role="rule"] { background: $border; border: none }
QFrame[role="card"] { background: $surface; border: 1px solid $border; border-radius: 6px }
QFrame[role="popup"] { background: $raised; border: 1px solid $strong_border }
QFrame[role="note"] { background: $backward_soft; border: 1px solid $border; border-radius: 6px }
QLabel[role="section"] { color: $muted; font-size: 11px; font-weight: 600; letter-spacing: 0.4px }
QLabel[role="title"] { font-size: 15px; font-weight: 600 }
QLabel[role="muted"] { color: $muted }
QLabel[role="forward"] { color: $forward_text }
QLabel[role="backward"] { color: $backward_text }
QLabel[role="target"] { color: $target_text }
QLabel[role="parameter"] { color: $parameter_text }
QLabel[role="loss"] { color: $loss_text }
"""
