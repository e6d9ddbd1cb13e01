"""Models from elsewhere: fetched once, recorded, verified; the rest of the program is offline.

The library of the hub is kept offline here, too: what it asks goes through `guard` alone.
"""

from ldm_desktop.core.offline import keep_offline

keep_offline()
