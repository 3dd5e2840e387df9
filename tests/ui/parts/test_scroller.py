"""What scrolls within a panel: the keys reach it while there is more than is seen, and the panel shows through it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.parts.scroller import ScrolledColumn, Scroller


def test_tab_leads_to_it_only_while_there_is_more_than_is_seen(qtbot: QtBot) -> None:
    area, inside = Scroller(), QWidget()
    qtbot.addWidget(area)
    inside.setMinimumHeight(200)
    area.setWidget(inside)
    area.resize(100, 300)
    area.show()
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus
    area.resize(100, 150)
    assert area.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_what_is_behind_it_is_its_ground(qtbot: QtBot) -> None:
    panel, area = QWidget(), ScrolledColumn()
    qtbot.addWidget(panel)
    panel.setStyleSheet("QWidget#panel { background: #123456 }")
    panel.setObjectName("panel")
    QVBoxLayout(panel).addWidget(area)
    area.setWidget(QWidget())
    panel.resize(100, 100)
    panel.show()
    assert panel.grab().toImage().pixelColor(50, 50) == QColor("#123456")
