"""What can be done with the chosen pictures, as the menu over them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ldm_desktop.gallery.records import MOST_STARS, Flag, Label, State
from ldm_desktop.session.gallery import wording
from ldm_desktop.session.gallery.desk import GalleryDesk
from ldm_desktop.ui import canvas
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.explore_actions import WAYS
from ldm_desktop.ui.gallery.star_field import dot

LOOKING = ("gallery-loupe", "gallery-survey", "", *WAYS.values(), "star-seed", "morph-add", "")
USING = (
    *("use-settings", "gallery-reproduce", "render-exact", ""),
    *("copy-picture", "copy-seed", "copy-recipe", "reveal", ""),
)
translate = QCoreApplication.translate


def make(desk: GalleryDesk, actions: Actions, parent: QWidget) -> QMenu:
    """Give a menu for what the desk says is chosen; it goes when it is closed."""
    menu = canvas.menu_of(actions, LOOKING, parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _add_judging(menu, desk)
    menu.addMenu(_albums(menu, desk))
    menu.addSeparator()
    _add(menu, actions, USING)
    if desk.current and desk.current.state is State.TRASHED:
        _do(menu, translate("PictureMenu", "Put back"), desk.put_back)
    else:
        _add(menu, actions, ("gallery-export", "gallery-trash"))
    return menu


def _add(menu: QMenu, actions: Actions, names: tuple[str, ...]) -> None:
    for name in names:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()


def _do(menu: QMenu, text: str, verb: Callable[[], object], keys: str = "") -> QAction:
    """Add an entry; `keys` only say what the keyboard does."""
    action = menu.addAction(f"{text}\t{keys}" if keys else text)
    action.triggered.connect(lambda _=False: verb())
    return action


def _add_judging(menu: QMenu, desk: GalleryDesk) -> None:
    stars = menu.addMenu(translate("PictureMenu", "Stars"))
    for count in range(MOST_STARS + 1):
        text = "★" * count or translate("PictureMenu", "None")
        _do(stars, text, partial(desk.rate, count), str(count))
    flags = menu.addMenu(translate("PictureMenu", "Flag"))
    names = {
        Flag.PICKED: (translate("PictureMenu", "Picked"), "P"),
        Flag.REJECTED: (translate("PictureMenu", "Rejected"), "X"),
        Flag.NONE: (translate("PictureMenu", "None"), "U"),
    }
    for flag, (text, keys) in names.items():
        _do(flags, text, partial(desk.flag, flag), keys)
    labels = menu.addMenu(translate("PictureMenu", "Label"))
    keys_of = {Label.RED: "6", Label.YELLOW: "7", Label.GREEN: "8", Label.BLUE: "9"}
    for label in (*keys_of, Label.PURPLE, Label.NONE):
        entry = _do(
            labels,
            wording.label(label) or translate("PictureMenu", "None"),
            partial(desk.label, label),
            keys_of.get(label, ""),
        )
        if label is not Label.NONE:
            entry.setIcon(dot(label, menu.devicePixelRatioF()))


def _albums(menu: QMenu, desk: GalleryDesk) -> QMenu:
    albums = QMenu(translate("PictureMenu", "Add to album"), menu)
    for shelf in desk.counts.albums:
        # An ampersand in a name is no letter to press.
        _do(albums, shelf.title.replace("&", "&&"), partial(desk.add_to_album, shelf.album))
    albums.setEnabled(not albums.isEmpty())
    return albums
