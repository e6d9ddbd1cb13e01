"""Builds the pages of exploring, each with what it shows, and the wires from one to another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.seeds.records import SheetPlan, SheetRow
from ldm_desktop.session.session import Session
from ldm_desktop.ui.actions import Actions
from ldm_desktop.ui.paged_actions import Page

if TYPE_CHECKING:
    from ldm_desktop.ui.explore.explore_commands import ExploreCommands


def build(
    page: Page,
    session: Session,
    commands: ExploreCommands,
    actions: Actions,
    parent: QWidget,
) -> QWidget:
    """Build a page."""
    desk = session.explore
    if page is Page.SHEET:
        return _sheet(session, actions, parent)
    if page is Page.VARIATIONS:
        from ldm_desktop.ui.explore.variations_page import VariationsPage

        return VariationsPage(desk.variations, actions, parent)
    if page is Page.TRAJECTORIES:
        from ldm_desktop.ui.explore.trajectories_page import TrajectoriesPage

        return TrajectoriesPage(desk.strips, actions, parent)
    if page is Page.MORPH:
        from ldm_desktop.ui.explore.morph_page import MorphPage

        return MorphPage(desk.morphs, actions, parent)
    if page is Page.FAMILY:
        from ldm_desktop.ui.explore.family_page import FamilyPage

        return FamilyPage(desk.family, actions, parent)
    return _seeds(session, commands, actions, parent)


def _sheet(session: Session, actions: Actions, parent: QWidget) -> QWidget:
    from ldm_desktop.session.explore import sheet_plans
    from ldm_desktop.ui.explore.sheet_beginning import Sources
    from ldm_desktop.ui.explore.sheet_page import SheetPage

    def cost(plan: SheetPlan) -> float | None:
        total = session.controls.cost_of(plan.tile_recipe(0), plan.count).total
        return total if total is None or plan.draft else total * plan.share

    sources = Sources(partial(sheet_plans.chosen, session.controls), session.orders.folder_of, cost)
    desk = session.explore
    page = SheetPage(desk.sheet, desk.seeds, actions, sources, parent)
    session.controls.changed.connect(lambda _: page.refresh())
    session.controls.facts_changed.connect(page.refresh)
    return page


def _seeds(
    session: Session, commands: ExploreCommands, actions: Actions, parent: QWidget
) -> QWidget:
    from ldm_desktop.session.explore.seed_sheets import PresentSettings
    from ldm_desktop.ui.explore.seeds_page import SeedsPage

    desk = session.explore
    choices = PresentSettings(session.shelf, session.controls, session.worker, parent)

    def show_sheet(plan: SheetPlan) -> None:
        desk.sheet.open(plan)
        commands.explore(Page.SHEET)

    def find_sheet(sheet: UUID, rows: tuple[SheetRow, ...] | KnownError) -> None:
        if isinstance(rows, KnownError):
            desk.notice.emit(str(rows))
            return
        for row in rows:
            if row.plan.id == sheet:
                show_sheet(row.plan)

    seeds = SeedsPage(desk.seeds, choices, actions, parent)
    desk.closing.connect(seeds.save)
    seeds.gallery_wanted.connect(commands.find)
    seeds.sheet_wanted.connect(show_sheet)
    seeds.sheet_opened.connect(lambda sheet: desk.seeds.sheets(partial(find_sheet, sheet)))
    return seeds
