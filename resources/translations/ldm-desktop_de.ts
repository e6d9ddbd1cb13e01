<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About LDM Desktop</source>
        <translation>Über LDM Desktop</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Explore the seeds of latent diffusion models, offline, on your own computer. Nothing you make leaves it.</source>
        <translation>Erkunden Sie die Seeds latenter Diffusionsmodelle: offline, auf Ihrem eigenen Computer. Nichts, was Sie erzeugen, verlässt ihn.</translation>
    </message>
    <message>
        <source>Made with PyTorch, diffusers and Qt {qt}.</source>
        <translation>Erstellt mit PyTorch, diffusers und Qt {qt}.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Application</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Make it now, ahead of whatever is waiting.</source>
        <translation>Sofort erzeugen, vor der Warteschlange.</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>Einreihen</translation>
    </message>
    <message>
        <source>Make it after everything that is waiting.</source>
        <translation>Am Ende der Warteschlange anstellen.</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Hier anhalten</translation>
    </message>
    <message>
        <source>Keep the picture as it looks now, and go no further.</source>
        <translation>Das Bild behalten, wie es jetzt aussieht.</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>Lauf abbrechen</translation>
    </message>
    <message>
        <source>Give up the run that is on screen; finished pictures stay.</source>
        <translation>Den gezeigten; fertige Bilder bleiben.</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Warteschlange pausieren</translation>
    </message>
    <message>
        <source>Rest after this step; nothing is lost.</source>
        <translation>Nach diesem Schritt; nichts geht verloren.</translation>
    </message>
    <message>
        <source>Replace the engine</source>
        <translation>Rechenkern ersetzen</translation>
    </message>
    <message>
        <source>End an engine that does not answer and start another.</source>
        <translation>Antwortet er nicht, einen neuen starten.</translation>
    </message>
    <message>
        <source>Roll a seed</source>
        <translation>Seed würfeln</translation>
    </message>
    <message>
        <source>Choose a seed at random.</source>
        <translation>Einen zufälligen Seed wählen.</translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation>Seed festhalten</translation>
    </message>
    <message>
        <source>Keep the seed after each run.</source>
        <translation>Den Seed nach jedem Lauf beibehalten.</translation>
    </message>
    <message>
        <source>Next seed</source>
        <translation>Nächster Seed</translation>
    </message>
    <message>
        <source>Previous seed</source>
        <translation>Vorheriger Seed</translation>
    </message>
    <message>
        <source>Seed history…</source>
        <translation>Frühere Seeds…</translation>
    </message>
    <message>
        <source>Go back to a seed used before.</source>
        <translation>Zu einem früheren Seed zurückkehren.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Few steps: quick, to look around.</source>
        <translation>Wenige Schritte: schnell, zum Umsehen.</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Good pictures in reasonable time.</source>
        <translation>Gute Bilder in vertretbarer Zeit.</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>As the model card has it: slow, and to compare with.</source>
        <translation>Wie die Modellkarte: langsam, als Maßstab.</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy seed</source>
        <translation>Seed kopieren</translation>
    </message>
    <message>
        <source>Copy recipe</source>
        <translation>Rezept kopieren</translation>
    </message>
    <message>
        <source>Copy all settings as text that can be pasted here again.</source>
        <translation>Alle Einstellungen als Text zum Einfügen.</translation>
    </message>
    <message>
        <source>Paste settings</source>
        <translation>Einstellungen einfügen</translation>
    </message>
    <message>
        <source>Take the settings of a copied picture, recipe or seed.</source>
        <translation>Vom kopierten Bild, Rezept oder Seed.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Take the settings of a picture or recipe file.</source>
        <translation>Einstellungen aus Bild oder Rezept holen.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Save a copy; the library has the picture already.</source>
        <translation>Eine Kopie; die Bibliothek hat es schon.</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Set the controls to how this picture was made.</source>
        <translation>Die Regler wie bei diesem Bild einstellen.</translation>
    </message>
    <message>
        <source>Render exactly</source>
        <translation>Exakt rendern</translation>
    </message>
    <message>
        <source>Make it again in the precision that repeats to the last bit.</source>
        <translation>Neu, bis aufs letzte Bit wiederholbar.</translation>
    </message>
    <message>
        <source>Fork from this step</source>
        <translation>Ab hier abzweigen</translation>
    </message>
    <message>
        <source>Go on from this step with other noise.</source>
        <translation>Von hier mit anderem Rauschen weiter.</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>Schritt zurück</translation>
    </message>
    <message>
        <source>Step forward</source>
        <translation>Schritt vor</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Vorheriges Bild</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Follow the newest</source>
        <translation>Dem neuesten Bild folgen</translation>
    </message>
    <message>
        <source>Show whatever is being made.</source>
        <translation>Zeigen, was gerade entsteht.</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation>Ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Actual pixels</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Mark for comparing</source>
        <translation>Zum Vergleich markieren</translation>
    </message>
    <message>
        <source>Take this picture as the one to compare with.</source>
        <translation>Mit diesem Bild andere vergleichen.</translation>
    </message>
    <message>
        <source>Compare by wiping</source>
        <translation>Vergleich: Wischen</translation>
    </message>
    <message>
        <source>Compare by flicker</source>
        <translation>Vergleich: Wechseln</translation>
    </message>
    <message>
        <source>Batch grid</source>
        <translation>Serie im Raster</translation>
    </message>
    <message>
        <source>Show all pictures of this run.</source>
        <translation>Alle Bilder dieses Laufs zeigen.</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Queue and details</source>
        <translation>Warteschlange und Details</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Pause the job</source>
        <translation>Auftrag pausieren</translation>
    </message>
    <message>
        <source>Rest after this step, or go on.</source>
        <translation>Nach diesem Schritt ruhen oder weiter.</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>Auftrag abbrechen</translation>
    </message>
    <message>
        <source>Finished pictures stay.</source>
        <translation>Fertige Bilder bleiben.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Make what failed or was cancelled.</source>
        <translation>Was fehlschlug oder abgebrochen wurde.</translation>
    </message>
    <message>
        <source>Duplicate the job</source>
        <translation>Auftrag duplizieren</translation>
    </message>
    <message>
        <source>Remove the job</source>
        <translation>Auftrag entfernen</translation>
    </message>
    <message>
        <source>Take it off the list; its pictures stay.</source>
        <translation>Aus der Liste; seine Bilder bleiben.</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Clear ended jobs</source>
        <translation>Beendete entfernen</translation>
    </message>
    <message>
        <source>Take them off the list; their pictures stay.</source>
        <translation>Aus der Liste; ihre Bilder bleiben.</translation>
    </message>
    <message>
        <source>Open the gallery</source>
        <translation>Galerie öffnen</translation>
    </message>
    <message>
        <source>Go between making pictures and looking through all of them.</source>
        <translation>Zwischen Erzeugen und Ansehen wechseln.</translation>
    </message>
    <message>
        <source>Show in the gallery</source>
        <translation>In der Galerie zeigen</translation>
    </message>
    <message>
        <source>Find the picture on screen among all the others.</source>
        <translation>Das gezeigte Bild unter allen finden.</translation>
    </message>
    <message>
        <source>Search the gallery</source>
        <translation>Galerie durchsuchen</translation>
    </message>
    <message>
        <source>Look at the grid</source>
        <translation>Rasteransicht</translation>
    </message>
    <message>
        <source>Look at one picture</source>
        <translation>Einzelansicht</translation>
    </message>
    <message>
        <source>Compare the chosen pictures</source>
        <translation>Gewählte Bilder vergleichen</translation>
    </message>
    <message>
        <source>Put two to nine pictures side by side.</source>
        <translation>Zwei bis neun Bilder nebeneinander.</translation>
    </message>
    <message>
        <source>Reproduce and compare</source>
        <translation>Neu erzeugen und vergleichen</translation>
    </message>
    <message>
        <source>Make it again by its recipe and see whether it is the same.</source>
        <translation>Nach Rezept wiederholen: Ist es dasselbe?</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Bring pictures from elsewhere into the library; theirs stay where they are.</source>
        <translation>In die Bibliothek; die Originale bleiben.</translation>
    </message>
    <message>
        <source>Check the library…</source>
        <translation>Bibliothek prüfen…</translation>
    </message>
    <message>
        <source>Find files that are missing, changed, damaged or not ours.</source>
        <translation>Was fehlt, geändert, defekt oder fremd ist.</translation>
    </message>
    <message>
        <source>Rebuild the gallery…</source>
        <translation>Galerie neu aufbauen…</translation>
    </message>
    <message>
        <source>Read every picture and every note again from the files.</source>
        <translation>Alle Bilder und Notizen neu einlesen.</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>The system keeps it there; undo brings it back.</source>
        <translation>„Rückgängig“ holt es wieder zurück.</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>Befehlspalette…</translation>
    </message>
    <message>
        <source>Find and run anything by typing.</source>
        <translation>Alles durch Tippen finden und ausführen.</translation>
    </message>
    <message>
        <source>Keyboard shortcuts…</source>
        <translation>Tastenkürzel…</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle…</translation>
    </message>
    <message>
        <source>See the models, get more of them, check or remove them.</source>
        <translation>Modelle ansehen, holen, prüfen, entfernen.</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>About LDM Desktop…</source>
        <translation>Über LDM Desktop…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>{share}, paused – {name}</source>
        <translation>{share}, pausiert – {name}</translation>
    </message>
    <message>
        <source>Paused – {name}</source>
        <translation>Pausiert – {name}</translation>
    </message>
    <message>
        <source>{share} – {name}</source>
        <translation>{share} – {name}</translation>
    </message>
    <message>
        <source>The pictures are ready</source>
        <translation>Die Bilder sind fertig</translation>
    </message>
    <message>
        <source>Pictures saved: {saved}</source>
        <translation>Gespeicherte Bilder: {saved}</translation>
    </message>
    <message>
        <source>A batch has ended with trouble</source>
        <translation>Eine Serie ist mit Fehlern beendet</translation>
    </message>
    <message>
        <source>Pictures saved: {saved}. Failed: {failed}. {sentence}</source>
        <translation>Gespeicherte Bilder: {saved}. Fehlgeschlagen: {failed}. {sentence}</translation>
    </message>
</context>
<context>
    <name>ArrivalPage</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Take it off the list; what has come stays for another time</source>
        <translation>Aus der Liste nehmen; was schon geladen ist, bleibt für später</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Four sample pictures are made of it when it has come.</source>
        <translation>Sobald es da ist, entstehen damit vier Beispielbilder.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>You can close this and go on working: the foot of the window tells how far.</source>
        <translation>Sie können dieses Fenster schließen und weiterarbeiten: Die Statusleiste zeigt den Fortschritt.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Make ready</source>
        <translation>Vorbereiten</translation>
    </message>
    <message>
        <source>Sample pictures</source>
        <translation>Beispielbilder</translation>
    </message>
    <message>
        <source>This was stopped.</source>
        <translation>Der Vorgang wurde abgebrochen.</translation>
    </message>
    <message>
        <source>This was stopped. Everything has come; the rest is done again.</source>
        <translation>Der Vorgang wurde abgebrochen. Alles ist geladen; nur die weiteren Schritte beginnen von vorn.</translation>
    </message>
    <message>
        <source>This was stopped. {done} of {total} have come and are kept.</source>
        <translation>Der Vorgang wurde abgebrochen. {done} von {total} sind geladen und bleiben erhalten.</translation>
    </message>
</context>
<context>
    <name>Arrivals</name>
    <message>
        <source>{name} is here now, but it is another version ({found}…) than the one that made the picture ({wanted}…): the settings work with it, but give other pictures.</source>
        <translation>{name} ist jetzt hier, aber in einer anderen Version ({found}…) als der, mit der das Bild entstanden ist ({wanted}…): Die Einstellungen funktionieren damit, ergeben aber andere Bilder.</translation>
    </message>
</context>
<context>
    <name>BatchDelegate</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
</context>
<context>
    <name>BatchGrid</name>
    <message>
        <source>Batch</source>
        <translation>Serie</translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Seed {seed}, waiting</source>
        <translation>Seed {seed}, wartet</translation>
    </message>
    <message>
        <source>Seed {seed}, step {done} of {total}</source>
        <translation>Seed {seed}, Schritt {done} von {total}</translation>
    </message>
    <message>
        <source>Seed {seed}, finished</source>
        <translation>Seed {seed}, fertig</translation>
    </message>
    <message>
        <source>Seed {seed}, failed: {sentence}</source>
        <translation>Seed {seed}, fehlgeschlagen: {sentence}</translation>
    </message>
    <message>
        <source>Seed {seed}, cancelled</source>
        <translation>Seed {seed}, abgebrochen</translation>
    </message>
</context>
<context>
    <name>Beginning</name>
    <message>
        <source>{count} seeds from here</source>
        <translation>{count} Seeds ab hier</translation>
    </message>
    <message>
        <source>{count} seeds from {seed}</source>
        <translation>{count} Seeds ab {seed}</translation>
    </message>
    <message>
        <source>As in the studio</source>
        <translation>Wie im Studio</translation>
    </message>
    <message>
        <source>As seed {seed} was made</source>
        <translation>Wie bei Seed {seed}</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>What is saved and queued is safe. You can go on; if it happens again, please send this report to the makers. There are no pictures in it.</source>
        <translation>Gespeicherte Bilder und die Warteschlange sind sicher. Sie können weiterarbeiten; geschieht es wieder, senden Sie bitte diesen Bericht an die Entwickler. Er enthält keine Bilder.</translation>
    </message>
    <message>
        <source>Reports left out: {count}</source>
        <translation>Ausgelassene Berichte: {count}</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>looking back…</source>
        <translation>blickt zurück…</translation>
    </message>
    <message>
        <source>rough</source>
        <translation>grob</translation>
    </message>
    <message>
        <source>Press {keys} to make a picture</source>
        <translation>Drücken Sie {keys} für ein Bild</translation>
    </message>
    <message>
        <source>or drop a picture here to use its settings</source>
        <translation>oder ziehen Sie ein Bild hierher, um seine Einstellungen zu übernehmen</translation>
    </message>
    <message>
        <source>Seed {seed} could not be finished</source>
        <translation>Seed {seed} wurde nicht fertig</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Remove the tag “{tag}”</source>
        <translation>Schlagwort „{tag}“ entfernen</translation>
    </message>
    <message>
        <source>Add the tag “{tag}” to all; it is on {count} of {of}</source>
        <translation>Schlagwort „{tag}“ allen geben; {count} von {of} haben es</translation>
    </message>
    <message>
        <source>“{tag}” is on {count} of {of}: a click adds it to all, × removes it</source>
        <translation>{count} von {of} haben „{tag}“: Ein Klick gibt es allen, × nimmt es allen</translation>
    </message>
    <message>
        <source>Delete removes it from all</source>
        <translation>Entf nimmt es allen</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Type a command, a seed, a model or a sampler</source>
        <translation>Befehl, Seed, Modell oder Sampler eingeben</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>Treffer</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Seed {seed} is marked. Show another picture to compare it with.</source>
        <translation>Seed {seed} ist markiert. Zeigen Sie ein anderes Bild, um beide zu vergleichen.</translation>
    </message>
    <message>
        <source>Mark a picture with {keys}, then show the one to compare it with.</source>
        <translation>Markieren Sie ein Bild mit {keys} und zeigen Sie dann das andere.</translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>Seed {a} on the left {share} %, seed {b} on the right</source>
        <translation>Seed {a} auf den linken {share} %, Seed {b} rechts</translation>
    </message>
    <message>
        <source>Seed {seed} is shown</source>
        <translation>Seed {seed} wird gezeigt</translation>
    </message>
</context>
<context>
    <name>CompletionPopup</name>
    <message>
        <source>Completions</source>
        <translation>Vorschläge</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Roll the seed</source>
        <translation>Seed würfeln</translation>
    </message>
    <message>
        <source>Preset {name}</source>
        <translation>Voreinstellung {name}</translation>
    </message>
    <message>
        <source>Restore a picture&apos;s settings</source>
        <translation>Einstellungen eines Bilds übernehmen</translation>
    </message>
    <message>
        <source>{name} is here, but another model than the one that made this picture.</source>
        <translation>{name} ist hier, aber es ist ein anderes Modell als das, mit dem dieses Bild entstanden ist.</translation>
    </message>
    <message>
        <source>There is no model yet: put one into the models folder.</source>
        <translation>Es gibt noch kein Modell: Legen Sie eines in den Modellordner.</translation>
    </message>
    <message>
        <source>The model is still being opened.</source>
        <translation>Das Modell wird noch geöffnet.</translation>
    </message>
</context>
<context>
    <name>ControlsPanel</name>
    <message>
        <source>Controls</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>A&amp;fter a run</source>
        <translation>Da&amp;nach</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>G&amp;röße</translation>
    </message>
    <message>
        <source>Pre&amp;cision</source>
        <translation>Genauig&amp;keit</translation>
    </message>
    <message>
        <source>Seed after each run</source>
        <translation>Seed nach jedem Lauf</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Fest</translation>
    </message>
    <message>
        <source>The same seed again</source>
        <translation>Wieder derselbe Seed</translation>
    </message>
    <message>
        <source>+1</source>
        <translation>+1</translation>
    </message>
    <message>
        <source>The seed after it</source>
        <translation>Der nächste Seed</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>A seed by chance</source>
        <translation>Ein zufälliger Seed</translation>
    </message>
    <message>
        <source>Repeats to the last bit on this machine; slowest</source>
        <translation>Auf diesem Computer bis aufs letzte Bit wiederholbar; am langsamsten</translation>
    </message>
    <message>
        <source>Looks the same every time; a few pixels may differ a little</source>
        <translation>Sieht jedes Mal gleich aus; einzelne Pixel können etwas abweichen</translation>
    </message>
    <message>
        <source>16-bit: quicker where the machine is made for it, less alike</source>
        <translation>16 Bit: schneller, wo der Computer dafür gebaut ist; weniger genau gleich</translation>
    </message>
    <message>
        <source>Auto – {precision}</source>
        <translation>Auto – {precision}</translation>
    </message>
    <message>
        <source>What pays on this machine; a picture always records which it was</source>
        <translation>Was sich auf diesem Computer lohnt; jedes Bild hält fest, welche es war</translation>
    </message>
</context>
<context>
    <name>CostLabel</name>
    <message>
        <source>Not measured yet on this machine</source>
        <translation>Auf diesem Computer noch nicht gemessen</translation>
    </message>
    <message>
        <source>≈ {time} a picture</source>
        <translation>≈ {time} je Bild</translation>
    </message>
    <message>
        <source>{count} pictures ≈ {time}</source>
        <translation>{count} Bilder ≈ {time}</translation>
    </message>
    <message>
        <source>measured on this machine</source>
        <translation>auf diesem Computer gemessen</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>geschätzt</translation>
    </message>
    <message>
        <source>Scaled by pixels from another size; after one picture it is measured.</source>
        <translation>Nach Pixeln aus einer anderen Größe hochgerechnet; nach einem Bild ist es gemessen.</translation>
    </message>
</context>
<context>
    <name>Crumb</name>
    <message>
        <source>Back to generation {number}</source>
        <translation>Zurück zu Generation {number}</translation>
    </message>
    <message>
        <source>Back to where you began</source>
        <translation>Zurück zum Anfang</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>Sie sind hier</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>The picture on screen is described here.</source>
        <translation>Hier wird das angezeigte Bild beschrieben.</translation>
    </message>
    <message>
        <source>Details of the picture</source>
        <translation>Details des Bilds</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
</context>
<context>
    <name>DistanceField</name>
    <message>
        <source>Distance of the neighbours in degrees</source>
        <translation>Abstand der Nachbarn in Grad</translation>
    </message>
    <message>
        <source>The angle by which the noise is turned: its cosine is how much of it stays. Two seeds are about 90° apart.</source>
        <translation>Der Winkel, um den das Rauschen gedreht wird: Sein Kosinus ist der Anteil, der davon bleibt. Zwei Seeds liegen etwa 90° auseinander.</translation>
    </message>
</context>
<context>
    <name>Easing</name>
    <message>
        <source>Constant</source>
        <translation>Gleichmäßig</translation>
    </message>
    <message>
        <source>Every frame turns the noise by the same angle</source>
        <translation>Jedes Einzelbild dreht das Rauschen um denselben Winkel</translation>
    </message>
    <message>
        <source>Slow at rests</source>
        <translation>Sanft</translation>
    </message>
    <message>
        <source>Speeds up from a rest, and slows down to the next</source>
        <translation>Wird von einem Halt an schneller und zum nächsten hin langsamer</translation>
    </message>
    <message>
        <source>Slow start</source>
        <translation>Sanfter Beginn</translation>
    </message>
    <message>
        <source>Speeds up all the way from a rest to the next</source>
        <translation>Wird von einem Halt bis zum nächsten immer schneller</translation>
    </message>
    <message>
        <source>Slow end</source>
        <translation>Sanftes Ende</translation>
    </message>
    <message>
        <source>Slows down all the way from a rest to the next</source>
        <translation>Wird von einem Halt bis zum nächsten immer langsamer</translation>
    </message>
</context>
<context>
    <name>Edits</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Lock of the seed</source>
        <translation>Festhalten des Seeds</translation>
    </message>
    <message>
        <source>Seed after each run</source>
        <translation>Seed nach jedem Lauf</translation>
    </message>
    <message>
        <source>Number of pictures</source>
        <translation>Anzahl der Bilder</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Convention</source>
        <translation>Konvention</translation>
    </message>
    <message>
        <source>Eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
</context>
<context>
    <name>EmptyStrips</name>
    <message>
        <source>See how a picture came out of the noise: choose one in the studio, or up to eight in the gallery, and press {keys}.</source>
        <translation>Sehen Sie, wie ein Bild aus dem Rauschen entstand: Wählen Sie eines im Studio oder bis zu acht in der Galerie und drücken Sie {keys}.</translation>
    </message>
</context>
<context>
    <name>Explore</name>
    <message>
        <source>Back to the studio</source>
        <translation>Zurück zum Studio</translation>
    </message>
    <message>
        <source>Go back to making pictures.</source>
        <translation>Zurück zum Erzeugen von Bildern.</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>See a thousand seeds begin, and go on with those you like.</source>
        <translation>Tausend Seeds beginnen sehen, mit den besten weiter.</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variationen</translation>
    </message>
    <message>
        <source>See the neighbours of this picture, near or far.</source>
        <translation>Die Nachbarn dieses Bilds sehen, nah oder fern.</translation>
    </message>
    <message>
        <source>Trajectory</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>See this picture come out of the noise, and fork it on its way.</source>
        <translation>Das Bild aus dem Rauschen entstehen sehen und abzweigen.</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>Morph</translation>
    </message>
    <message>
        <source>Travel from picture to picture.</source>
        <translation>Von Bild zu Bild reisen.</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Stammbaum</translation>
    </message>
    <message>
        <source>See from which pictures this one came, and what came of it.</source>
        <translation>Woraus es entstand und was daraus wurde.</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>Look up what was tried with a seed, and what you said of it.</source>
        <translation>Nachsehen, was mit einem Seed probiert und notiert wurde.</translation>
    </message>
    <message>
        <source>Star this seed</source>
        <translation>Stern für diesen Seed</translation>
    </message>
    <message>
        <source>Remember it, whatever becomes of the picture.</source>
        <translation>Ihn merken, was auch aus dem Bild wird.</translation>
    </message>
    <message>
        <source>Add to the morph</source>
        <translation>Zum Morph hinzufügen</translation>
    </message>
    <message>
        <source>Put this picture at the end of the morph&apos;s path.</source>
        <translation>Dieses Bild ans Ende des Pfads setzen.</translation>
    </message>
    <message>
        <source>To the parent</source>
        <translation>Zum Elternbild</translation>
    </message>
    <message>
        <source>To the child</source>
        <translation>Zum Kindbild</translation>
    </message>
    <message>
        <source>To the older sibling</source>
        <translation>Zum älteren Geschwister</translation>
    </message>
    <message>
        <source>To the younger sibling</source>
        <translation>Zum jüngeren Geschwister</translation>
    </message>
    <message>
        <source>New contact sheet…</source>
        <translation>Neuer Kontaktbogen…</translation>
    </message>
    <message>
        <source>Open a contact sheet…</source>
        <translation>Kontaktbogen öffnen…</translation>
    </message>
    <message>
        <source>Finish the survivors</source>
        <translation>Behaltene fertigstellen</translation>
    </message>
    <message>
        <source>Go on with the tiles you kept, from where they stopped.</source>
        <translation>Behaltene Kacheln ab ihrem Halt weiterrechnen.</translation>
    </message>
    <message>
        <source>Refine the drafts</source>
        <translation>Entwürfe verfeinern</translation>
    </message>
    <message>
        <source>Make the drafts you kept once more, in all their steps.</source>
        <translation>Behaltene Entwürfe neu, mit allen Schritten.</translation>
    </message>
    <message>
        <source>Back to the parent</source>
        <translation>Zurück zum Elternbild</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>Seitwärts</translation>
    </message>
    <message>
        <source>Other children of the same parent, as far from it.</source>
        <translation>Andere Kinder desselben Elternbilds, gleich weit weg.</translation>
    </message>
    <message>
        <source>Further in this direction</source>
        <translation>Weiter in dieser Richtung</translation>
    </message>
    <message>
        <source>Other neighbours</source>
        <translation>Andere Nachbarn</translation>
    </message>
    <message>
        <source>Draw new directions around the same picture.</source>
        <translation>Neue Richtungen um dasselbe Bild auslosen.</translation>
    </message>
    <message>
        <source>Keep this variation</source>
        <translation>Diese Variation behalten</translation>
    </message>
    <message>
        <source>Make it in all its steps, and save it.</source>
        <translation>Mit allen Schritten erzeugen und speichern.</translation>
    </message>
    <message>
        <source>Paint what stays</source>
        <translation>Malen, was bleibt</translation>
    </message>
    <message>
        <source>Lock a region, and vary only the rest; or the reverse.</source>
        <translation>Bereich sperren, den Rest variieren; oder umgekehrt.</translation>
    </message>
    <message>
        <source>Play the morph</source>
        <translation>Morph abspielen</translation>
    </message>
    <message>
        <source>Export the morph…</source>
        <translation>Morph exportieren…</translation>
    </message>
    <message>
        <source>Open a path…</source>
        <translation>Pfad öffnen…</translation>
    </message>
    <message>
        <source>Save the path…</source>
        <translation>Pfad speichern…</translation>
    </message>
    <message>
        <source>Pictures on the path of the morph: {count}</source>
        <translation>Bilder auf dem Weg des Morphs: {count}</translation>
    </message>
</context>
<context>
    <name>ExploreDesk</name>
    <message>
        <source>Exports of morphs that can be gone on with (Alt+4): {count}</source>
        <translation>Morph-Exporte, die sich fortsetzen lassen (Alt+4): {count}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export pictures: {count}</source>
        <translation>Bilder exportieren: {count}</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>Exportieren als</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Table of recipes</source>
        <translation>Rezepttabelle</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>F&amp;older</source>
        <translation>&amp;Ordner</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>Stopped. Files that were made before that: {count}.</source>
        <translation>Abgebrochen. Zuvor erstellte Dateien: {count}.</translation>
    </message>
    <message>
        <source>Nothing could be exported.</source>
        <translation>Nichts ließ sich exportieren.</translation>
    </message>
    <message>
        <source>Files made: {count}. Not all pictures could be exported:</source>
        <translation>Erstellte Dateien: {count}. Nicht alle Bilder ließen sich exportieren:</translation>
    </message>
    <message>
        <source>Done. Files made and read back: {count}.</source>
        <translation>Fertig. Erstellte und nachgeprüfte Dateien: {count}.</translation>
    </message>
    <message>
        <source>… and {count} more.</source>
        <translation>… und {count} weitere.</translation>
    </message>
</context>
<context>
    <name>ExportLine</name>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop; what is made stays</source>
        <translation>Anhalten; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Make what is missing</source>
        <translation>Erzeugen, was fehlt</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Remove the frames that are made</source>
        <translation>Die schon erzeugten Einzelbilder entfernen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Making the pictures of {name}</source>
        <translation>Bilder für {name} entstehen</translation>
    </message>
    <message>
        <source>{name} is paused in the queue</source>
        <translation>{name} pausiert in der Warteschlange</translation>
    </message>
    <message>
        <source>Putting {name} together</source>
        <translation>{name} wird zusammengesetzt</translation>
    </message>
    <message>
        <source>{name} is saved</source>
        <translation>{name} ist gespeichert</translation>
    </message>
    <message>
        <source>{name} is not finished</source>
        <translation>{name} ist nicht fertig</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
</context>
<context>
    <name>ExportSheets</name>
    <message>
        <source>Name of the file</source>
        <translation>Dateiname</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>The morph is saved as {file}.</source>
        <translation>Der Morph ist als {file} gespeichert.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>Abzweigung</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Parents</source>
        <translation>Elternbilder</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Threads: {count}</source>
        <translation>Threads: {count}</translation>
    </message>
    <message>
        <source>Pixels: {hash}</source>
        <translation>Pixel: {hash}</translation>
    </message>
    <message>
        <source>Recipe: {hash}</source>
        <translation>Rezept: {hash}</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Stopped at step {step} of {total}</source>
        <translation>Bei Schritt {step} von {total} angehalten</translation>
    </message>
    <message>
        <source>New noise from step {step}, turned by {degrees}°</source>
        <translation>Neues Rauschen ab Schritt {step}, um {degrees}° gedreht</translation>
    </message>
    <message>
        <source>{steps} ({done} of {total} done)</source>
        <translation>{steps} ({done} von {total} fertig)</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
</context>
<context>
    <name>Family</name>
    <message>
        <source>This picture came from no other.</source>
        <translation>Dieses Bild entstand aus keinem anderen.</translation>
    </message>
    <message>
        <source>No other picture has come of this one yet.</source>
        <translation>Aus diesem Bild entstand noch kein anderes.</translation>
    </message>
    <message>
        <source>This is the oldest of its siblings.</source>
        <translation>Dies ist das älteste seiner Geschwister.</translation>
    </message>
    <message>
        <source>This is the youngest of its siblings.</source>
        <translation>Dies ist das jüngste seiner Geschwister.</translation>
    </message>
    <message>
        <source>This relative is not in the library that is open.</source>
        <translation>Dieser Verwandte ist nicht in der geöffneten Bibliothek.</translation>
    </message>
</context>
<context>
    <name>FamilyGraph</name>
    <message>
        <source>Family of the picture</source>
        <translation>Stammbaum des Bilds</translation>
    </message>
    <message>
        <source>The picture itself</source>
        <translation>Das Bild selbst</translation>
    </message>
    <message>
        <source>Sibling</source>
        <translation>Geschwister</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>Entstand aus</translation>
    </message>
    <message>
        <source>Became</source>
        <translation>Wurde zu</translation>
    </message>
    <message>
        <source>+{count} more</source>
        <translation>+{count} weitere</translation>
    </message>
</context>
<context>
    <name>FamilyPage</name>
    <message>
        <source>This picture is not saved yet</source>
        <translation>Dieses Bild ist noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Its family begins when you keep it.</source>
        <translation>Sein Stammbaum beginnt, sobald Sie es behalten.</translation>
    </message>
    <message>
        <source>No family is shown</source>
        <translation>Kein Stammbaum zu sehen</translation>
    </message>
    <message>
        <source>Look at a picture, then press Alt+5: here is what it came from, its siblings, and what has come of it.</source>
        <translation>Sehen Sie ein Bild an und drücken Sie Alt+5: Hier erscheint, woraus es entstand, seine Geschwister und was daraus wurde.</translation>
    </message>
</context>
<context>
    <name>FilmstripModel</name>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
</context>
<context>
    <name>FilmstripView</name>
    <message>
        <source>Recent pictures</source>
        <translation>Neueste Bilder</translation>
    </message>
    <message>
        <source>Finished pictures gather here</source>
        <translation>Hier sammeln sich fertige Bilder</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Added: {count}</source>
        <translation>Hinzugefügt: {count}</translation>
    </message>
    <message>
        <source>already here: {count}</source>
        <translation>schon vorhanden: {count}</translation>
    </message>
    <message>
        <source>refused: {count}</source>
        <translation>abgewiesen: {count}</translation>
    </message>
    <message>
        <source>Stopped. {words}</source>
        <translation>Abgebrochen. {words}</translation>
    </message>
    <message>
        <source>These were not copied; nothing was done to them.</source>
        <translation>Diese Dateien wurden nicht kopiert und sind unverändert.</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgewiesen</translation>
    </message>
    <message>
        <source>Stopped before all files were read.</source>
        <translation>Abgebrochen, bevor alle Dateien gelesen waren.</translation>
    </message>
    <message>
        <source>Everything is as it should be. Files read: {count}.</source>
        <translation>Alles in Ordnung. Gelesene Dateien: {count}.</translation>
    </message>
    <message>
        <source>Files read: {count}. Mended: {mended}. The rest is up to you.</source>
        <translation>Gelesene Dateien: {count}. Repariert: {mended}. Der Rest liegt bei Ihnen.</translation>
    </message>
    <message>
        <source>Files read: {count}. Mended: {mended}, which is all.</source>
        <translation>Gelesene Dateien: {count}. Repariert: {mended}; damit ist alles behoben.</translation>
    </message>
    <message>
        <source>Files read: {count}. This was found:</source>
        <translation>Gelesene Dateien: {count}. Gefunden wurde:</translation>
    </message>
    <message>
        <source>Stopped. Pictures read before that: {count}.</source>
        <translation>Abgebrochen. Zuvor gelesene Bilder: {count}.</translation>
    </message>
    <message>
        <source>Done. Pictures read: {count}.</source>
        <translation>Fertig. Gelesene Bilder: {count}.</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>{sentence} Mended.</source>
        <translation>{sentence} Repariert.</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>The gallery knows these pictures, but their files are gone. What you said of them is kept for when they come back.</source>
        <translation>Die Galerie kennt diese Bilder, aber ihre Dateien sind weg. Ihre Angaben dazu bleiben erhalten, falls sie wiederkommen.</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>These files do not open any more. Bring them back from a backup.</source>
        <translation>Diese Dateien lassen sich nicht mehr öffnen. Holen Sie sie aus einer Sicherung zurück.</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Another program has written these files since they were saved.</source>
        <translation>Ein anderes Programm hat diese Dateien seit dem Speichern geändert.</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Verschoben</translation>
    </message>
    <message>
        <source>These pictures were found again in another place.</source>
        <translation>Diese Bilder fanden sich an einem anderen Ort wieder.</translation>
    </message>
    <message>
        <source>Not in the gallery yet</source>
        <translation>Noch nicht in der Galerie</translation>
    </message>
    <message>
        <source>These files lie in the library, and the gallery lacks them.</source>
        <translation>Diese Dateien liegen in der Bibliothek, fehlen aber in der Galerie.</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>These files hold the same picture as another one.</source>
        <translation>Diese Dateien enthalten dasselbe Bild wie eine andere.</translation>
    </message>
    <message>
        <source>No pictures of the gallery</source>
        <translation>Keine Bilder der Galerie</translation>
    </message>
    <message>
        <source>These files are something else, and are left alone.</source>
        <translation>Diese Dateien sind etwas anderes und bleiben unangetastet.</translation>
    </message>
    <message>
        <source>Notes without a picture</source>
        <translation>Begleitdateien ohne Bild</translation>
    </message>
    <message>
        <source>The pictures these notes belong to are not beside them.</source>
        <translation>Die Bilder, zu denen sie gehören, liegen nicht daneben.</translation>
    </message>
    <message>
        <source>Nothing can be said of these files now; try again later.</source>
        <translation>Über diese Dateien lässt sich jetzt nichts sagen; versuchen Sie es später erneut.</translation>
    </message>
</context>
<context>
    <name>FlagField</name>
    <message>
        <source>Pick (P)</source>
        <translation>Ausgewählt (P)</translation>
    </message>
    <message>
        <source>Reject (X)</source>
        <translation>Abgelehnt (X)</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Browse…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Browse: {what}</source>
        <translation>Wählen: {what}</translation>
    </message>
</context>
<context>
    <name>ForkBar</name>
    <message>
        <source>Stop trying (Esc)</source>
        <translation>Nicht mehr probieren (Esc)</translation>
    </message>
    <message>
        <source>How much fresh noise, in degrees</source>
        <translation>Wie viel neues Rauschen, in Grad</translation>
    </message>
    <message>
        <source>0° is the same picture again; 90° forgets all the noise that is left</source>
        <translation>0° ist wieder dasselbe Bild; 90° vergisst alles Rauschen, das noch übrig ist</translation>
    </message>
    <message>
        <source>How many forks</source>
        <translation>Wie viele Abzweigungen</translation>
    </message>
    <message>
        <source>How much fresh noise</source>
        <translation>Neues Rauschen</translation>
    </message>
    <message>
        <source>Forks</source>
        <translation>Abzweigungen</translation>
    </message>
    <message>
        <source>Fork at step {step}</source>
        <translation>Ab Schritt {step} abzweigen</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
    <message>
        <source>Try others</source>
        <translation>Andere probieren</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Probieren</translation>
    </message>
    <message>
        <source>See drafts of what forks from here would give</source>
        <translation>In Entwürfen sehen, was Abzweigungen von hier ergäben</translation>
    </message>
    <message>
        <source>The queue is paused: strips and forks form when it goes on.</source>
        <translation>Die Warteschlange ist pausiert: Streifen und Abzweigungen entstehen, wenn sie weiterläuft.</translation>
    </message>
    <message>
        <source>New noise can enter at step {step}, the nearest to this one.</source>
        <translation>Neues Rauschen kann bei Schritt {step} hinein, dem nächsten zu diesem.</translation>
    </message>
</context>
<context>
    <name>FoundSettings</name>
    <message>
        <source>Settings as found</source>
        <translation>Gefundene Einstellungen</translation>
    </message>
    <message>
        <source>It carries no settings that could be read.</source>
        <translation>Es enthält keine lesbaren Einstellungen.</translation>
    </message>
    <message>
        <source>Its recipe could not be read; what it says stands below.</source>
        <translation>Sein Rezept ist nicht lesbar; was darin steht, folgt unten.</translation>
    </message>
    <message>
        <source>Made by {program}. Its settings are not a recipe of LDM Desktop, so it cannot be made again here to the last pixel.</source>
        <translation>Erzeugt mit {program}. Die Einstellungen sind kein Rezept von LDM Desktop; hier lässt sich das Bild also nicht bis aufs letzte Pixel wiederholen.</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>The gallery&apos;s database is damaged: it is made anew from the pictures.</source>
        <translation>Die Datenbank der Galerie ist beschädigt: Sie wird aus den Bildern neu aufgebaut.</translation>
    </message>
    <message>
        <source>{name} cannot be moved to the trash ({reason}): it stays where it is. See whether its disk has a trash, or delete it in the file manager.</source>
        <translation>{name} lässt sich nicht in den Papierkorb verschieben ({reason}) und bleibt, wo es ist. Sehen Sie nach, ob das Laufwerk einen Papierkorb hat, oder löschen Sie die Datei im Dateimanager.</translation>
    </message>
    <message>
        <source>{name} cannot be shown ({reason}): use a copy, or check the gallery.</source>
        <translation>{name} lässt sich nicht anzeigen ({reason}): Verwenden Sie eine Kopie oder prüfen Sie die Bibliothek.</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>Stars: {count}</source>
        <translation>Sterne: {count}</translation>
    </message>
    <message>
        <source>with a note</source>
        <translation>mit Notiz</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>ausgewählt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>Lila</translation>
    </message>
    <message>
        <source>file missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>file changed</source>
        <translation>Datei geändert</translation>
    </message>
    <message>
        <source>file damaged</source>
        <translation>Datei beschädigt</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>im Papierkorb</translation>
    </message>
    <message>
        <source>The file is not where it was. Put it back, or make the picture again; what you said of it is kept.</source>
        <translation>Die Datei ist nicht mehr an ihrem Ort. Legen Sie sie zurück oder erzeugen Sie das Bild neu; Ihre Angaben dazu bleiben erhalten.</translation>
    </message>
    <message>
        <source>Another program has changed the pixels: it is no longer the picture of its recipe.</source>
        <translation>Ein anderes Programm hat die Pixel geändert: Das Bild entspricht nicht mehr seinem Rezept.</translation>
    </message>
    <message>
        <source>The file is damaged and cannot be shown. Bring it back from a backup, or make it again.</source>
        <translation>Die Datei ist beschädigt und lässt sich nicht anzeigen. Holen Sie sie aus einer Sicherung zurück oder erzeugen Sie das Bild neu.</translation>
    </message>
    <message>
        <source>It is in the trash. Put it back to keep it.</source>
        <translation>Das Bild liegt im Papierkorb. Mit „Wiederherstellen“ bleibt es erhalten.</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>einem anderen Programm</translation>
    </message>
    <message>
        <source>{album} ({count} of {of})</source>
        <translation>{album} ({count} von {of})</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erzeugt mit</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>Im Papierkorb</translation>
    </message>
</context>
<context>
    <name>GalleryCommands</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.avif)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.avif)</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>Bilder importieren</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
</context>
<context>
    <name>GalleryDesk</name>
    <message>
        <source>Nothing is known of how this picture was made.</source>
        <translation>Wie dieses Bild entstand, ist nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>GalleryDialogs</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Check the library</source>
        <translation>Bibliothek prüfen</translation>
    </message>
    <message>
        <source>Rebuild the gallery</source>
        <translation>Galerie neu aufbauen</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>The library is out of reach</source>
        <translation>Bibliothek nicht erreichbar</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>Noch keine Bilder</translation>
    </message>
    <message>
        <source>Finished pictures gather here by themselves.</source>
        <translation>Fertige Bilder sammeln sich hier von selbst.</translation>
    </message>
    <message>
        <source>Import pictures…</source>
        <translation>Bilder importieren…</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>{steps} steps</source>
        <translation>{steps} Schritte</translation>
    </message>
    <message>
        <source>The same picture</source>
        <translation>Dasselbe Bild</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>No groups</source>
        <translation>Ungruppiert</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Nach Tag</translation>
    </message>
    <message>
        <source>By seed</source>
        <translation>Nach Seed</translation>
    </message>
    <message>
        <source>By recipe</source>
        <translation>Nach Rezept</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Date made</source>
        <translation>Erzeugt</translation>
    </message>
    <message>
        <source>Date added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Time taken</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>State of file</source>
        <translation>Dateizustand</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>No seed</source>
        <translation>Ohne Seed</translation>
    </message>
    <message>
        <source>No recipe</source>
        <translation>Ohne Rezept</translation>
    </message>
    <message>
        <source>The only one of its kind</source>
        <translation>Ohne Duplikat</translation>
    </message>
    <message>
        <source>Like no other</source>
        <translation>Ohne ähnliche Bilder</translation>
    </message>
</context>
<context>
    <name>Holds</name>
    <message>
        <source>LDM Desktop ended unexpectedly. </source>
        <translation>LDM Desktop wurde unerwartet beendet. </translation>
    </message>
    <message>
        <source>More pictures are waiting from last time.</source>
        <translation>Weitere Bilder warten noch vom letzten Mal.</translation>
    </message>
    <message>
        <source>{count} pictures and more are waiting from last time.</source>
        <translation>{count} Bilder und weitere warten noch vom letzten Mal.</translation>
    </message>
    <message>
        <source>1 picture is waiting from last time.</source>
        <translation>1 Bild wartet noch vom letzten Mal.</translation>
    </message>
    <message>
        <source>{count} pictures are waiting from last time.</source>
        <translation>{count} Bilder warten noch vom letzten Mal.</translation>
    </message>
</context>
<context>
    <name>HubPage</name>
    <message>
        <source>Get a model from the Hub</source>
        <translation>Modell vom Hub holen</translation>
    </message>
    <message>
        <source>Models as diffusers stores them, by their name on huggingface.co. Looking up and downloading are the only times that LDM Desktop uses the network, and only the name is sent.</source>
        <translation>Modelle, wie diffusers sie speichert, mit ihrem Namen auf huggingface.co. Nur beim Nachschlagen und Herunterladen nutzt LDM Desktop das Netz, und gesendet wird nur der Name.</translation>
    </message>
    <message>
        <source>Give the name of a model on the Hub, as {example}.</source>
        <translation>Geben Sie den Namen eines Modells auf dem Hub an, etwa {example}.</translation>
    </message>
    <message>
        <source>Model on the Hub</source>
        <translation>Modell auf dem Hub</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Nachschlagen</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>neueste</translation>
    </message>
    <message>
        <source>The model that this application is measured by: faces, 256 × 256</source>
        <translation>Das Modell, an dem sich dieses Programm misst: Gesichter, 256 × 256</translation>
    </message>
    <message>
        <source>To begin with:</source>
        <translation>Für den Anfang:</translation>
    </message>
    <message>
        <source>M&amp;odel</source>
        <translation>M&amp;odell</translation>
    </message>
    <message>
        <source>&amp;Version</source>
        <translation>&amp;Version</translation>
    </message>
    <message>
        <source>Keep it at half size</source>
        <translation>Mit halbem Platzbedarf ablegen</translation>
    </message>
    <message>
        <source>Takes half the room on the disk. It counts as another model: its pictures are nearly, but not exactly, those of the original.</source>
        <translation>Braucht nur halb so viel Speicherplatz. Es zählt als anderes Modell: Seine Bilder gleichen denen des Originals fast, aber nicht genau.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>{size} of it, from an earlier try</source>
        <translation>{size} davon, von einem früheren Versuch</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>None is named</source>
        <translation>Keine angegeben</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>Free on disk</source>
        <translation>Freier Platz</translation>
    </message>
    <message>
        <source>It is here already</source>
        <translation>Schon vorhanden</translation>
    </message>
    <message>
        <source>Continue: {size} to go</source>
        <translation>Fortsetzen: noch {size}</translation>
    </message>
    <message>
        <source>Download {size}</source>
        <translation>{size} herunterladen</translation>
    </message>
    <message>
        <source>Looking up…</source>
        <translation>Schlägt nach…</translation>
    </message>
    <message>
        <source>A picture was made by the model with the fingerprint {fingerprint}…: when it has come, they are compared, and the settings of the picture are restored.</source>
        <translation>Ein Bild entstand mit dem Modell mit dem Fingerabdruck {fingerprint}…: Ist dieses hier geladen, werden beide verglichen und die Einstellungen des Bilds übernommen.</translation>
    </message>
</context>
<context>
    <name>ImportReport</name>
    <message>
        <source>Pictures are copied into the library; yours stay where they are.</source>
        <translation>Die Bilder werden in die Bibliothek kopiert; die Originale bleiben, wo sie sind.</translation>
    </message>
</context>
<context>
    <name>InfoFacts</name>
    <message>
        <source>Family</source>
        <translation>Stammbaum</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>About the picture</source>
        <translation>Über das Bild</translation>
    </message>
    <message>
        <source>Choose a picture to read about it, or several to edit them.</source>
        <translation>Wählen Sie ein Bild, um mehr darüber zu lesen, oder mehrere, um sie zu bearbeiten.</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Pictures: {count}</source>
        <translation>Bilder: {count}</translation>
    </message>
    <message>
        <source>Give all of them this note</source>
        <translation>Diese Notiz für alle</translation>
    </message>
    <message>
        <source>Different notes</source>
        <translation>Verschiedene Notizen</translation>
    </message>
</context>
<context>
    <name>Inhibitor</name>
    <message>
        <source>Pictures are being made.</source>
        <translation>Es werden Bilder erzeugt.</translation>
    </message>
</context>
<context>
    <name>JobCommands</name>
    <message>
        <source>Go on with the queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Warteschlange pausieren</translation>
    </message>
    <message>
        <source>Go on with the job</source>
        <translation>Auftrag fortsetzen</translation>
    </message>
    <message>
        <source>Pause the job</source>
        <translation>Auftrag pausieren</translation>
    </message>
</context>
<context>
    <name>JobFoot</name>
    <message>
        <source>Show log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>Log of a job</source>
        <translation>Protokoll eines Auftrags</translation>
    </message>
</context>
<context>
    <name>Judging</name>
    <message>
        <source>Keep seed {seed}</source>
        <translation>Seed {seed} behalten</translation>
    </message>
    <message>
        <source>Cull seed {seed}</source>
        <translation>Seed {seed} aussortieren</translation>
    </message>
    <message>
        <source>Take back the verdict on seed {seed}</source>
        <translation>Urteil über Seed {seed} zurücknehmen</translation>
    </message>
    <message>
        <source>Keep {count} seeds</source>
        <translation>{count} Seeds behalten</translation>
    </message>
    <message>
        <source>Cull {count} seeds</source>
        <translation>{count} Seeds aussortieren</translation>
    </message>
    <message>
        <source>Take back the verdict on {count} seeds</source>
        <translation>Urteil über {count} Seeds zurücknehmen</translation>
    </message>
</context>
<context>
    <name>LabelField</name>
    <message>
        <source>Label: {colour}</source>
        <translation>Farbe: {colour}</translation>
    </message>
</context>
<context>
    <name>Laptop</name>
    <message>
        <source>running on battery</source>
        <translation>Akkubetrieb</translation>
    </message>
</context>
<context>
    <name>Librarian</name>
    <message>
        <source>The gallery is still being opened: try again in a moment.</source>
        <translation>Die Galerie wird noch geöffnet: Versuchen Sie es gleich noch einmal.</translation>
    </message>
</context>
<context>
    <name>LikedBar</name>
    <message>
        <source>Model for the liked seeds</source>
        <translation>Modell für die Favoriten</translation>
    </message>
    <message>
        <source>Open as a sheet</source>
        <translation>Als Bogen öffnen</translation>
    </message>
    <message>
        <source>Liked seeds on another model: try those that are starred, or were kept.</source>
        <translation>Favoriten mit einem anderen Modell: Seeds mit Stern und behaltene dort ausprobieren.</translation>
    </message>
    <message>
        <source>{count} chosen seeds on</source>
        <translation>{count} gewählte Seeds mit</translation>
    </message>
    <message>
        <source>Liked seeds on</source>
        <translation>Favoriten mit</translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>{sampler} does not work with this model: choose {others}.</source>
        <translation>{sampler} geht mit diesem Modell nicht; möglich sind {others}.</translation>
    </message>
    <message>
        <source>The convention {convention} exists for {sampler} only.</source>
        <translation>Die Konvention {convention} gibt es nur für {sampler}.</translation>
    </message>
    <message>
        <source>{sampler} takes {least} to {most} steps with this model.</source>
        <translation>{sampler} nimmt mit diesem Modell {least} bis {most} Schritte.</translation>
    </message>
    <message>
        <source>{steps} steps go past what this model was trained on: take {fewer}.</source>
        <translation>{steps} Schritte gehen über das hinaus, worauf dieses Modell trainiert ist: Nehmen Sie {fewer}.</translation>
    </message>
    <message>
        <source>Eta lies between 0 and 1.</source>
        <translation>Eta liegt zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>{sampler} adds no noise while it samples: choose DDIM, or eta 0.</source>
        <translation>{sampler} fügt unterwegs kein Rauschen hinzu: Wählen Sie DDIM oder Eta 0.</translation>
    </message>
    <message>
        <source>A seed lies between 0 and {most}.</source>
        <translation>Ein Seed liegt zwischen 0 und {most}.</translation>
    </message>
    <message>
        <source>One job has 1 to {most} pictures.</source>
        <translation>Ein Auftrag hat 1 bis {most} Bilder.</translation>
    </message>
    <message>
        <source>This is more than a seed (a mix or a branch), so nothing follows it: make one picture, or choose another seed.</source>
        <translation>Dies ist mehr als ein Seed (eine Mischung oder Abzweigung), ihm folgt also nichts: Erzeugen Sie ein Bild oder wählen Sie einen anderen Seed.</translation>
    </message>
    <message>
        <source>It has to be a multiple of {multiple}; the nearest is {near}.</source>
        <translation>Es muss ein Vielfaches von {multiple} sein; am nächsten liegt {near}.</translation>
    </message>
    <message>
        <source>A picture has at most 67 million pixels, as 8192 × 8192 has.</source>
        <translation>Ein Bild hat höchstens 67 Millionen Pixel, etwa 8192 × 8192.</translation>
    </message>
</context>
<context>
    <name>Lineage</name>
    <message>
        <source>{id} is not in this library</source>
        <translation>{id} ist nicht in dieser Bibliothek</translation>
    </message>
    <message>
        <source>Show all: {count} more</source>
        <translation>Alle zeigen: {count} weitere</translation>
    </message>
    <message>
        <source>more</source>
        <translation>weitere</translation>
    </message>
</context>
<context>
    <name>LineageView</name>
    <message>
        <source>Family of the picture</source>
        <translation>Stammbaum des Bilds</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>Entstand aus</translation>
    </message>
    <message>
        <source>Sibling</source>
        <translation>Geschwister</translation>
    </message>
    <message>
        <source>Became</source>
        <translation>Wurde zu</translation>
    </message>
    <message>
        <source>The picture itself</source>
        <translation>Das Bild selbst</translation>
    </message>
</context>
<context>
    <name>LiveSheet</name>
    <message>
        <source>Many tiles have failed one after another, so the sheet stands still: mend what they say, then let it go on.</source>
        <translation>Viele Kacheln sind nacheinander fehlgeschlagen, darum steht der Bogen still: Beheben Sie, was sie melden, und setzen Sie ihn dann fort.</translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>No picture is chosen.</source>
        <translation>Kein Bild gewählt.</translation>
    </message>
    <message>
        <source>{row} of {count}</source>
        <translation>{row} von {count}</translation>
    </message>
</context>
<context>
    <name>MaskBar</name>
    <message>
        <source>Soft</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Let the edge fade out</source>
        <translation>Den Rand auslaufen lassen</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Take paint away  (X, or hold Alt)</source>
        <translation>Gemaltes wegnehmen  (X oder Alt halten)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Take all paint away</source>
        <translation>Alles Gemalte wegnehmen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Paint no more  (Esc)</source>
        <translation>Nicht mehr malen  (Esc)</translation>
    </message>
    <message>
        <source>What the paint means</source>
        <translation>Was das Gemalte bedeutet</translation>
    </message>
    <message>
        <source>Keep the painted part</source>
        <translation>Bemaltes behalten</translation>
    </message>
    <message>
        <source>Vary only the painted part</source>
        <translation>Nur Bemaltes variieren</translation>
    </message>
    <message>
        <source>What is painted stays as it is</source>
        <translation>Was bemalt ist, bleibt, wie es ist</translation>
    </message>
    <message>
        <source>All but what is painted stays as it is</source>
        <translation>Alles außer dem Bemalten bleibt, wie es ist</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>Größe des Pinsels</translation>
    </message>
    <message>
        <source>Size  ([ and ])</source>
        <translation>Größe  ([ und ])</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
</context>
<context>
    <name>MaskView</name>
    <message>
        <source>The picture that is varied</source>
        <translation>Das Bild, das variiert wird</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>&amp;Seed</translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation>B&amp;ild</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>&amp;Warteschlange</translation>
    </message>
    <message>
        <source>E&amp;xplore</source>
        <translation>Erk&amp;unden</translation>
    </message>
    <message>
        <source>&amp;Gallery</source>
        <translation>&amp;Galerie</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>On the contact sheet</source>
        <translation>Auf dem Kontaktbogen</translation>
    </message>
    <message>
        <source>Among variations</source>
        <translation>Unter Variationen</translation>
    </message>
    <message>
        <source>On a morph</source>
        <translation>Auf einem Morph</translation>
    </message>
    <message>
        <source>In the family</source>
        <translation>Im Stammbaum</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Make pictures ({keys})</source>
        <translation>Bilder erzeugen ({keys})</translation>
    </message>
    <message>
        <source>Explore the picture you are looking at ({keys})</source>
        <translation>Das gezeigte Bild erkunden ({keys})</translation>
    </message>
    <message>
        <source>Look through all pictures ({keys})</source>
        <translation>Alle Bilder ansehen ({keys})</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
</context>
<context>
    <name>ModelFields</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>Noch kein Modell</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Voreinstellung</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>&amp;Modell</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>What it makes: seeds 0 to 3, drafted on this machine.</source>
        <translation>Was es erzeugt: Seeds 0 bis 3, als Entwurf auf diesem Computer gerechnet.</translation>
    </message>
    <message>
        <source>What it makes: seeds 0 to 3.</source>
        <translation>Was es erzeugt: Seeds 0 bis 3.</translation>
    </message>
    <message>
        <source>No sample pictures were made of it.</source>
        <translation>Davon gibt es keine Beispielbilder.</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>Tempo hier</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Speicherplatz</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>And so are more files: {count}.</source>
        <translation>Weitere betroffene Dateien: {count}.</translation>
    </message>
    <message>
        <source>Checked just now: it is as it was shipped.</source>
        <translation>Soeben geprüft: Es ist so, wie es ausgeliefert wurde.</translation>
    </message>
    <message>
        <source>Checked just now: every file is as it came in.</source>
        <translation>Soeben geprüft: Jede Datei ist so, wie sie hinzukam.</translation>
    </message>
    <message>
        <source>Checked just now: its parts fit together. Whether single bits have changed cannot be said, as nothing was recorded when it came here.</source>
        <translation>Soeben geprüft: Die Teile passen zusammen. Ob sich einzelne Bits geändert haben, lässt sich nicht sagen, denn als es hinzukam, wurde nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Modell verwenden</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Read every file and compare it</source>
        <translation>Jede Datei lesen und vergleichen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>{name} cannot be moved to the trash here. Delete it for good?</source>
        <translation>{name} lässt sich hier nicht in den Papierkorb verschieben. Endgültig löschen?</translation>
    </message>
    <message>
        <source>Remove {name}? Your pictures stay, and it can be had again from {source}.</source>
        <translation>{name} entfernen? Ihre Bilder bleiben, und es lässt sich von {source} wieder holen.</translation>
    </message>
    <message>
        <source>Remove {name}? Your pictures stay, but can no longer be made again.</source>
        <translation>{name} entfernen? Ihre Bilder bleiben, lassen sich aber nicht noch einmal erzeugen.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Verwendung</translation>
    </message>
    <message>
        <source>It comes with LDM Desktop and cannot be removed.</source>
        <translation>Es gehört zu LDM Desktop und lässt sich nicht entfernen.</translation>
    </message>
</context>
<context>
    <name>ModelProcess</name>
    <message>
        <source>This could not be started ({why}).</source>
        <translation>Der Vorgang ließ sich nicht starten ({why}).</translation>
    </message>
    <message>
        <source>It was interrupted from outside.</source>
        <translation>Der Vorgang wurde von außen unterbrochen.</translation>
    </message>
    <message>
        <source>It was ended from outside, perhaps because the memory did not suffice: try again.</source>
        <translation>Der Vorgang wurde von außen beendet, vielleicht weil der Arbeitsspeicher nicht reichte: Versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>It ended without saying why (exit code {code}).</source>
        <translation>Der Vorgang endete ohne Angabe von Gründen (Exit-Code {code}).</translation>
    </message>
</context>
<context>
    <name>ModelTasks</name>
    <message>
        <source>There was no answer: try again.</source>
        <translation>Es kam keine Antwort: Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>{time} a picture of {steps} steps</source>
        <translation>{time} je Bild mit {steps} Schritten</translation>
    </message>
    <message>
        <source>Makes pictures of {size} pixels, in {time} each.</source>
        <translation>Erzeugt Bilder mit {size} Pixeln, in je {time}.</translation>
    </message>
    <message>
        <source>Makes pictures of {size} pixels.</source>
        <translation>Erzeugt Bilder mit {size} Pixeln.</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>Comes with LDM Desktop</source>
        <translation>Gehört zu LDM Desktop</translation>
    </message>
    <message>
        <source>{source}, version {commit}</source>
        <translation>{source}, Version {commit}</translation>
    </message>
    <message>
        <source>A folder of this computer</source>
        <translation>Ein Ordner dieses Computers</translation>
    </message>
    <message>
        <source>Complete; Verify compares every byte</source>
        <translation>Vollständig; „Prüfen“ vergleicht jedes Byte</translation>
    </message>
    <message>
        <source>Nothing was recorded when it came here, so that changes since then cannot be seen</source>
        <translation>Als es hinzukam, wurde nichts aufgezeichnet; spätere Änderungen sind daher nicht erkennbar</translation>
    </message>
    <message>
        <source>Its files have changed since it came in</source>
        <translation>Geändert, seit das Modell hinzukam</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>Nicht verwendbar</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Could not be brought in</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Wird entfernt</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Download läuft</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Making it ready</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>Making sample pictures</source>
        <translation>Beispielbilder</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Wird gestartet</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{stage} {name}</source>
        <translation>{name}: {stage}</translation>
    </message>
    <message>
        <source>There is not enough room: {need} are needed, {free} are free. Make room, or choose another folder of models in the settings.</source>
        <translation>Der Platz reicht nicht: Nötig sind {need}, frei sind {free}. Schaffen Sie Platz oder wählen Sie in den Einstellungen einen anderen Ordner der Modelle.</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Add a model from a folder</source>
        <translation>Modell aus einem Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Get from the Hub…</source>
        <translation>Vom Hub holen…</translation>
    </message>
    <message>
        <source>Its files are copied; a folder can be dropped here too</source>
        <translation>Seine Dateien werden kopiert; ein Ordner lässt sich auch hierher ziehen</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen…</translation>
    </message>
</context>
<context>
    <name>MoreChip</name>
    <message>
        <source>Show fewer tags</source>
        <translation>Weniger Schlagwörter zeigen</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>Weniger</translation>
    </message>
    <message>
        <source>Show all tags: {count} more</source>
        <translation>Alle Schlagwörter zeigen: {count} weitere</translation>
    </message>
    <message>
        <source>+{count} more</source>
        <translation>+{count} weitere</translation>
    </message>
</context>
<context>
    <name>Morph</name>
    <message>
        <source>A morph goes through two pictures or more.</source>
        <translation>Ein Morph führt durch zwei oder mehr Bilder.</translation>
    </message>
    <message>
        <source>Add another picture: a morph needs two or more.</source>
        <translation>Fügen Sie ein weiteres Bild hinzu: Ein Morph braucht zwei oder mehr.</translation>
    </message>
    <message>
        <source>Picture {number} left its trajectory on the way (it is a fork), and a morph begins at noise: take its parent instead.</source>
        <translation>Bild {number} hat seinen Verlauf unterwegs verlassen (es ist eine Abzweigung), ein Morph aber beginnt beim Rauschen: Nehmen Sie stattdessen sein Elternbild.</translation>
    </message>
    <message>
        <source>Picture {number} is of another model than the first: take it out, or make its seed with the first one&apos;s model.</source>
        <translation>Bild {number} stammt von einem anderen Modell als das erste: Nehmen Sie es heraus oder erzeugen Sie seinen Seed mit dem Modell des ersten.</translation>
    </message>
    <message>
        <source>Picture {number} is of another size than the first: take it out, or make its seed in the first one&apos;s size.</source>
        <translation>Bild {number} hat eine andere Größe als das erste: Nehmen Sie es heraus oder erzeugen Sie seinen Seed in der Größe des ersten.</translation>
    </message>
    <message>
        <source>Pictures {one} and {other} have the same noise: take one of them out.</source>
        <translation>Die Bilder {one} und {other} haben dasselbe Rauschen: Nehmen Sie eines davon heraus.</translation>
    </message>
    <message>
        <source>Pictures {one} and {other} have opposite noises, between which no way is the shortest: put another picture between them.</source>
        <translation>Die Bilder {one} und {other} haben entgegengesetztes Rauschen, zwischen dem kein Weg der kürzeste ist: Setzen Sie ein weiteres Bild dazwischen.</translation>
    </message>
</context>
<context>
    <name>MorphControls</name>
    <message>
        <source>Seconds on the way</source>
        <translation>Sekunden für den Weg</translation>
    </message>
    <message>
        <source>Back to the first</source>
        <translation>Zurück zum ersten</translation>
    </message>
    <message>
        <source>Close the path, so that it plays round and round</source>
        <translation>Den Pfad schließen, sodass er endlos im Kreis läuft</translation>
    </message>
    <message>
        <source>Rest at the chosen picture</source>
        <translation>Verweilen am gewählten Bild</translation>
    </message>
    <message>
        <source>Keep this in-between</source>
        <translation>Zwischenbild behalten</translation>
    </message>
    <message>
        <source>Make what is at this place in all its steps, and save it in the library</source>
        <translation>Was an dieser Stelle ist, mit allen Schritten erzeugen und in der Bibliothek speichern</translation>
    </message>
    <message>
        <source>Frames a second</source>
        <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>&amp;Takes</source>
        <translation>Dau&amp;er</translation>
    </message>
    <message>
        <source>Frames a se&amp;cond</source>
        <translation>Bilder pro Se&amp;kunde</translation>
    </message>
    <message>
        <source>Spee&amp;d</source>
        <translation>&amp;Tempo</translation>
    </message>
    <message>
        <source>&amp;Rest at the picture</source>
        <translation>Ve&amp;rweilen</translation>
    </message>
    <message>
        <source>Length of the morph</source>
        <translation>Dauer des Morphs</translation>
    </message>
</context>
<context>
    <name>MorphExportDialog</name>
    <message>
        <source>Export the morph</source>
        <translation>Morph exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>MP4 needs PyAV: pip install &apos;ldm-desktop[video]&apos;</source>
        <translation>MP4 braucht PyAV: pip install &apos;ldm-desktop[video]&apos;</translation>
    </message>
    <message>
        <source>WebP</source>
        <translation>WebP</translation>
    </message>
    <message>
        <source>GIF</source>
        <translation>GIF</translation>
    </message>
    <message>
        <source>MP4</source>
        <translation>MP4</translation>
    </message>
    <message>
        <source>PNG frames</source>
        <translation>PNG-Bilder</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormat</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation>Verlustfrei</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>&amp;Qualität</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace the file that is there</source>
        <translation>Die vorhandene Datei ersetzen</translation>
    </message>
    <message>
        <source>F&amp;ile</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>One file that browsers play; small, true colours.</source>
        <translation>Eine Datei, die Browser abspielen; klein, volle Farben.</translation>
    </message>
    <message>
        <source>Plays everywhere; 256 colours, and larger files.</source>
        <translation>Läuft überall; 256 Farben und größere Dateien.</translation>
    </message>
    <message>
        <source>A film for players and editors, without sound.</source>
        <translation>Ein Film für Player und Schnittprogramme, ohne Ton.</translation>
    </message>
    <message>
        <source>Numbered pictures in a folder, each with its recipe.</source>
        <translation>Nummerierte Bilder in einem Ordner, jedes mit seinem Rezept.</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>Wählen Sie eine Datei.</translation>
    </message>
    <message>
        <source>There is a file of this name.</source>
        <translation>Eine Datei dieses Namens gibt es schon.</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>plays {seconds} s</source>
        <translation>läuft {seconds} s</translation>
    </message>
    <message>
        <source>how long it takes is not measured yet on this machine</source>
        <translation>wie lange es dauert, ist auf diesem Computer noch nicht gemessen</translation>
    </message>
    <message>
        <source>takes ≈ {time}</source>
        <translation>dauert ≈ {time}</translation>
    </message>
    <message>
        <source>takes about {time}</source>
        <translation>dauert etwa {time}</translation>
    </message>
    <message>
        <source>This folder is not empty.</source>
        <translation>Dieser Ordner ist nicht leer.</translation>
    </message>
</context>
<context>
    <name>MorphPage</name>
    <message>
        <source>Open a path</source>
        <translation>Pfad öffnen</translation>
    </message>
    <message>
        <source>Paths and exported morphs ({names})</source>
        <translation>Pfade und exportierte Morphs ({names})</translation>
    </message>
    <message>
        <source>Save the path</source>
        <translation>Pfad speichern</translation>
    </message>
    <message>
        <source>Paths of morphs ({names})</source>
        <translation>Pfade von Morphs ({names})</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>Morph</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>{degrees}° of way</source>
        <translation>{degrees}° Weg</translation>
    </message>
    <message>
        <source>{count} frames</source>
        <translation>{count} Einzelbilder</translation>
    </message>
</context>
<context>
    <name>MorphStrip</name>
    <message>
        <source>Pictures on the path</source>
        <translation>Bilder auf dem Pfad</translation>
    </message>
</context>
<context>
    <name>MorphTimeline</name>
    <message>
        <source>{now} of {whole} s</source>
        <translation>{now} von {whole} s</translation>
    </message>
</context>
<context>
    <name>MorphView</name>
    <message>
        <source>The morph at this place</source>
        <translation>Der Morph an dieser Stelle</translation>
    </message>
    <message>
        <source>The queue is paused, and drafts stand still with it</source>
        <translation>Die Warteschlange ist pausiert, und mit ihr ruhen die Entwürfe</translation>
    </message>
    <message>
        <source>Measuring the way…</source>
        <translation>Der Weg wird vermessen…</translation>
    </message>
    <message>
        <source>Drafts {ready} of {total}</source>
        <translation>Entwürfe: {ready} von {total}</translation>
    </message>
    <message>
        <source>Add pictures with {keys} while you look at them.</source>
        <translation>Fügen Sie Bilder mit {keys} hinzu, während Sie sie ansehen.</translation>
    </message>
    <message>
        <source>A morph travels from one to the next, at a constant speed.</source>
        <translation>Ein Morph reist mit gleichbleibendem Tempo von einem zum nächsten.</translation>
    </message>
</context>
<context>
    <name>Morphs</name>
    <message>
        <source>This picture is the last of the path already.</source>
        <translation>Dieses Bild ist schon das letzte des Pfads.</translation>
    </message>
    <message>
        <source>A path goes through {most} pictures at most.</source>
        <translation>Ein Pfad führt durch höchstens {most} Bilder.</translation>
    </message>
    <message>
        <source>Add to the path</source>
        <translation>Zum Pfad hinzufügen</translation>
    </message>
    <message>
        <source>Take out of the path</source>
        <translation>Aus dem Pfad nehmen</translation>
    </message>
    <message>
        <source>Move on the path</source>
        <translation>Auf dem Pfad verschieben</translation>
    </message>
    <message>
        <source>Empty the path</source>
        <translation>Pfad leeren</translation>
    </message>
    <message>
        <source>Rest at a picture</source>
        <translation>Verweilen an einem Bild</translation>
    </message>
    <message>
        <source>This in-between is being made, and will be in the library.</source>
        <translation>Dieses Zwischenbild wird erzeugt und kommt in die Bibliothek.</translation>
    </message>
    <message>
        <source>The path is saved as {file}.</source>
        <translation>Der Pfad ist als {file} gespeichert.</translation>
    </message>
    <message>
        <source>Open a path</source>
        <translation>Pfad öffnen</translation>
    </message>
</context>
<context>
    <name>NewSheetDialog</name>
    <message>
        <source>New contact sheet</source>
        <translation>Neuer Kontaktbogen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Open the sheet</source>
        <translation>Bogen öffnen</translation>
    </message>
    <message>
        <source>≈ {time} until all {count} can be judged</source>
        <translation>≈ {time}, bis sich alle {count} beurteilen lassen</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>Modus</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>NoteField</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note (N)</source>
        <translation>Notiz (N)</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>NoticeFeed</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Gespeichert als {name}.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>{reason} Pictures that wait to be saved: {count}.</source>
        <translation>{reason} Noch zu speichernde Bilder: {count}.</translation>
    </message>
    <message>
        <source>This begins as soon as the model is open.</source>
        <translation>Dies beginnt, sobald das Modell geöffnet ist.</translation>
    </message>
    <message>
        <source>Get it…</source>
        <translation>Holen…</translation>
    </message>
    <message>
        <source>{name} is here, and works without the network from now on.</source>
        <translation>{name} ist hier und funktioniert von nun an ohne Netz.</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The queue is paused: {reason}.</source>
        <translation>Die Warteschlange ist pausiert: {reason}.</translation>
    </message>
    <message>
        <source>The engine has not answered for a while.</source>
        <translation>Der Rechenkern antwortet seit einer Weile nicht.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>The engine could not be started.</source>
        <translation>Der Rechenkern ließ sich nicht starten.</translation>
    </message>
</context>
<context>
    <name>Options</name>
    <message>
        <source>How neighbours form</source>
        <translation>Wie Nachbarn entstehen</translation>
    </message>
    <message>
        <source>In {steps} steps first, and in all of them when there is time</source>
        <translation>Zuerst in {steps} Schritten, und in allen, wenn Zeit ist</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>In all steps at once</source>
        <translation>Gleich in allen Schritten</translation>
    </message>
    <message>
        <source>Number of neighbours</source>
        <translation>Anzahl der Nachbarn</translation>
    </message>
    <message>
        <source>{count} neighbours</source>
        <translation>{count} Nachbarn</translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>The model of this picture, {name}, is not here.</source>
        <translation>Das Modell dieses Bilds, {name}, ist nicht vorhanden.</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>decoding</source>
        <translation>wird dekodiert</translation>
    </message>
    <message>
        <source>step {done} / {total}</source>
        <translation>Schritt {done} / {total}</translation>
    </message>
    <message>
        <source>paused at step {done} / {total}</source>
        <translation>pausiert bei Schritt {done} / {total}</translation>
    </message>
    <message>
        <source>There is no picture yet.</source>
        <translation>Es gibt noch kein Bild.</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>cancelled at step {done} / {total}</source>
        <translation>abgebrochen bei Schritt {done} / {total}</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Set the seed to {seed}</source>
        <translation>Seed auf {seed} setzen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Use the model {name}</source>
        <translation>Modell {name} verwenden</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Use the sampler {name}</source>
        <translation>Sampler {name} verwenden</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <source>Pictures and recipes (*.png *.json)</source>
        <translation>Bilder und Rezepte (*.png *.json)</translation>
    </message>
    <message>
        <source>Take settings from</source>
        <translation>Einstellungen übernehmen aus</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
</context>
<context>
    <name>PictureMenu</name>
    <message>
        <source>Put back</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Add to album</source>
        <translation>Zu Album hinzufügen</translation>
    </message>
</context>
<context>
    <name>PicturePane</name>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
</context>
<context>
    <name>PicturesPage</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Lossless</source>
        <translation>Verlustfrei</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>&amp;Qualität</translation>
    </message>
    <message>
        <source>&amp;Metadata</source>
        <translation>&amp;Metadaten</translation>
    </message>
    <message>
        <source>With its recipe</source>
        <translation>Mit Rezept</translation>
    </message>
    <message>
        <source>Whoever gets the file can see how it was made, and make it again.</source>
        <translation>Wer die Datei bekommt, sieht, wie das Bild entstand, und kann es neu erzeugen.</translation>
    </message>
    <message>
        <source>Only the mark that it was made by AI</source>
        <translation>Nur die Kennzeichnung als KI-Bild</translation>
    </message>
    <message>
        <source>The IPTC mark that platforms and laws ask for; no seed and no settings.</source>
        <translation>Die IPTC-Kennzeichnung, die Plattformen und Gesetze verlangen; ohne Seed und Einstellungen.</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Pixels only: the file is read back to be sure that it says nothing else.</source>
        <translation>Nur Pixel: Die Datei wird nachgelesen, damit sie sicher nichts anderes verrät.</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>&amp;Names</source>
        <translation>&amp;Namen</translation>
    </message>
    <message>
        <source>Every pixel as it is; large files.</source>
        <translation>Jedes Pixel, wie es ist; große Dateien.</translation>
    </message>
    <message>
        <source>Small files that every program opens; a little is lost.</source>
        <translation>Kleine Dateien, die jedes Programm öffnet; ein wenig geht verloren.</translation>
    </message>
    <message>
        <source>Smaller than JPEG; most programs open it.</source>
        <translation>Kleiner als JPEG; die meisten Programme öffnen es.</translation>
    </message>
    <message>
        <source>For example {file}. There is {fields}.</source>
        <translation>Zum Beispiel {file}. Möglich sind {fields}.</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Nothing is waiting.
{keys} makes a picture.</source>
        <translation>Nichts wartet.
{keys} erzeugt ein Bild.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
</context>
<context>
    <name>RebuildDialog</name>
    <message>
        <source>Everything the gallery knows is read again from the pictures and the notes beside them. No file is changed, and it can be stopped at any time.</source>
        <translation>Alles, was die Galerie weiß, wird aus den Bildern und ihren Begleitdateien neu gelesen. Keine Datei wird geändert, und Abbrechen ist jederzeit möglich.</translation>
    </message>
    <message>
        <source>Rebuild</source>
        <translation>Neu aufbauen</translation>
    </message>
</context>
<context>
    <name>Recall</name>
    <message>
        <source>{text} is neither a recipe nor a seed: paste a picture, a recipe, a number from 0, or a range 0:16.</source>
        <translation>{text} ist weder ein Rezept noch ein Seed: Fügen Sie ein Bild, ein Rezept, eine Zahl ab 0 oder einen Bereich wie 0:16 ein.</translation>
    </message>
    <message>
        <source>This text is too long for a recipe.</source>
        <translation>Dieser Text ist zu lang für ein Rezept.</translation>
    </message>
    <message>
        <source>The pasted text</source>
        <translation>Der eingefügte Text</translation>
    </message>
    <message>
        <source>There is no file in this.</source>
        <translation>Darin ist keine Datei.</translation>
    </message>
    <message>
        <source>Of {count} files only {name} was used, as settings are of one.</source>
        <translation>Von {count} Dateien wurde nur {name} verwendet, denn Einstellungen stammen von einer.</translation>
    </message>
    <message>
        <source>{name} is neither a PNG that LDM Desktop has saved nor a recipe in JSON.</source>
        <translation>{name} ist weder ein von LDM Desktop gespeichertes PNG noch ein Rezept in JSON.</translation>
    </message>
    <message>
        <source>This picture was made by {name} ({fingerprint}…), which is not here: it can be had from {repository}. The settings were restored all the same.</source>
        <translation>Dieses Bild entstand mit {name} ({fingerprint}…), das hier fehlt: Es lässt sich von {repository} holen. Die Einstellungen wurden trotzdem übernommen.</translation>
    </message>
    <message>
        <source>This picture was made by {name} ({fingerprint}…), which is not here: put its folder into {folder}. The settings were restored all the same.</source>
        <translation>Dieses Bild entstand mit {name} ({fingerprint}…), das hier fehlt: Legen Sie seinen Ordner in {folder}. Die Einstellungen wurden trotzdem übernommen.</translation>
    </message>
    <message>
        <source>a model without a name</source>
        <translation>einem Modell ohne Namen</translation>
    </message>
</context>
<context>
    <name>Relation</name>
    <message>
        <source>Forked after step {step}, with {degrees}° of fresh noise.</source>
        <translation>Nach Schritt {step} abgezweigt, mit {degrees}° neuem Rauschen.</translation>
    </message>
    <message>
        <source>Stopped after step {step} of {total}.</source>
        <translation>Nach Schritt {step} von {total} angehalten.</translation>
    </message>
    <message>
        <source>A place on a morph, {share} % of the way between two.</source>
        <translation>Eine Stelle auf einem Morph, bei {share} % des Wegs zwischen zweien.</translation>
    </message>
    <message>
        <source>Turned {degrees}° from its parent.</source>
        <translation>Um {degrees}° vom Elternbild weggedreht.</translation>
    </message>
    <message>
        <source>A mix of {count} noises.</source>
        <translation>Eine Mischung aus {count} Rauschmustern.</translation>
    </message>
    <message>
        <source>One noise inside a region, another outside.</source>
        <translation>Ein Rauschen in einem Bereich, ein anderes außerhalb.</translation>
    </message>
    <message>
        <source>It begins with a seed of its own.</source>
        <translation>Es beginnt mit einem eigenen Seed.</translation>
    </message>
    <message>
        <source>Turned {degrees}° from its parent, but for a locked region.</source>
        <translation>Um {degrees}° vom Elternbild weggedreht, bis auf einen gesperrten Bereich.</translation>
    </message>
    <message>
        <source>{text} Turns since the seed: {count}.</source>
        <translation>{text} Drehungen seit dem Seed: {count}.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
</context>
<context>
    <name>ReportView</name>
    <message>
        <source>… and {count} more.</source>
        <translation>… und {count} weitere.</translation>
    </message>
</context>
<context>
    <name>Reproducer</name>
    <message>
        <source>This picture was made in exact already: reproduce it.</source>
        <translation>Dieses Bild entstand schon mit „Exakt“: Erzeugen Sie es neu und vergleichen Sie.</translation>
    </message>
    <message>
        <source>This picture has no recipe, so it cannot be made again.</source>
        <translation>Dieses Bild hat kein Rezept und lässt sich daher nicht neu erzeugen.</translation>
    </message>
    <message>
        <source>The picture was not made again.</source>
        <translation>Das Bild wurde nicht neu erzeugt.</translation>
    </message>
    <message>
        <source>The picture was not made again: its job was removed.</source>
        <translation>Das Bild wurde nicht neu erzeugt: Sein Auftrag wurde entfernt.</translation>
    </message>
</context>
<context>
    <name>Reproduction</name>
    <message>
        <source>Identical: every pixel is the same.</source>
        <translation>Identisch: Jedes Pixel ist gleich.</translation>
    </message>
    <message>
        <source>Different: the new picture has another size.</source>
        <translation>Verschieden: Das neue Bild hat eine andere Größe.</translation>
    </message>
    <message>
        <source>Not to be told apart by eye (PSNR {level} dB).</source>
        <translation>Mit bloßem Auge nicht zu unterscheiden (PSNR {level} dB).</translation>
    </message>
    <message>
        <source>Different (PSNR {level} dB).</source>
        <translation>Verschieden (PSNR {level} dB).</translation>
    </message>
    <message>
        <source>made in precision {precision}</source>
        <translation>erzeugt mit Genauigkeit {precision}</translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>Pixels alone do not tell how they were made: copy the file or the recipe.</source>
        <translation>Pixel allein verraten nicht, wie sie entstanden sind: Kopieren Sie die Datei oder das Rezept.</translation>
    </message>
    <message>
        <source>There is nothing to paste: copy a picture, recipe or seed.</source>
        <translation>Es gibt nichts einzufügen: Kopieren Sie ein Bild, ein Rezept oder einen Seed.</translation>
    </message>
    <message>
        <source>Settings restored: {title}.</source>
        <translation>Einstellungen übernommen: {title}.</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Endlos</translation>
    </message>
    <message>
        <source>Until somebody stops it</source>
        <translation>Bis jemand es beendet</translation>
    </message>
    <message>
        <source>&amp;Pictures</source>
        <translation>Bi&amp;lder</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>One job has 1 to {most} pictures: cut the range in parts.</source>
        <translation>Ein Auftrag hat 1 bis {most} Bilder: Teilen Sie den Bereich auf.</translation>
    </message>
    <message>
        <source>These seeds do not follow each other: write a range, like 0:16.</source>
        <translation>Diese Seeds folgen nicht aufeinander: Schreiben Sie einen Bereich wie 0:16.</translation>
    </message>
</context>
<context>
    <name>SampleTiles</name>
    <message>
        <source>Sample pictures</source>
        <translation>Beispielbilder</translation>
    </message>
    <message>
        <source>Sample pictures: {count}</source>
        <translation>Beispielbilder: {count}</translation>
    </message>
</context>
<context>
    <name>SamplingFields</name>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Convention</source>
        <translation>Konvention</translation>
    </message>
    <message>
        <source>S&amp;teps</source>
        <translation>S&amp;chritte</translation>
    </message>
    <message>
        <source>Samp&amp;ler</source>
        <translation>Sam&amp;pler</translation>
    </message>
    <message>
        <source>&amp;Eta</source>
        <translation>E&amp;ta</translation>
    </message>
    <message>
        <source>Co&amp;nvention</source>
        <translation>K&amp;onvention</translation>
    </message>
    <message>
        <source>Paper: {paper}</source>
        <translation>Veröffentlichung: {paper}</translation>
    </message>
    <message>
        <source>{sampler} adds no noise while it samples.</source>
        <translation>{sampler} fügt unterwegs kein Rauschen hinzu.</translation>
    </message>
    <message>
        <source>Only DDIM adds noise</source>
        <translation>Wirkt nur mit DDIM</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>More steps: finer, and slower</source>
        <translation>Mehr Schritte: feiner und langsamer</translation>
    </message>
    <message>
        <source>Eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <source>Noise added at each step: 0 is DDIM, where the seed decides all; 1 is DDPM</source>
        <translation>Rauschen, das jeder Schritt hinzufügt: 0 ist DDIM, wo der Seed alles bestimmt; 1 ist DDPM</translation>
    </message>
    <message>
        <source>The time steps of the first latent-diffusion code: one later</source>
        <translation>Die Zeitschritte des ersten Latent-Diffusion-Codes: um eins später</translation>
    </message>
    <message>
        <source>The time steps of Hugging Face diffusers</source>
        <translation>Die Zeitschritte von Hugging Face diffusers</translation>
    </message>
</context>
<context>
    <name>Scrubber</name>
    <message>
        <source>PNDM carries too much from step to step for new noise to enter: make the picture with another sampler to fork it.</source>
        <translation>PNDM trägt von Schritt zu Schritt zu viel weiter, als dass neues Rauschen hineinkönnte: Erzeugen Sie das Bild mit einem anderen Sampler, um abzuzweigen.</translation>
    </message>
    <message>
        <source>Go to a later step: new noise can enter only after the first.</source>
        <translation>Gehen Sie zu einem späteren Schritt: Neues Rauschen kann erst nach dem ersten hinein.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search pictures</source>
        <translation>Bilder suchen</translation>
    </message>
    <message>
        <source>Search: seed:7  rating:&gt;=4  tag:&quot;blue hour&quot;</source>
        <translation>Suchen: seed:7  rating:&gt;=4  tag:&quot;blaue Stunde&quot;</translation>
    </message>
    <message>
        <source>Keep this search as a smart album</source>
        <translation>Diese Suche als intelligentes Album behalten</translation>
    </message>
</context>
<context>
    <name>SeedDesk</name>
    <message>
        <source>Star</source>
        <translation>Stern geben</translation>
    </message>
    <message>
        <source>Remove star</source>
        <translation>Stern entfernen</translation>
    </message>
    <message>
        <source>Name of a seed</source>
        <translation>Name eines Seeds</translation>
    </message>
    <message>
        <source>Note on a seed</source>
        <translation>Notiz zu einem Seed</translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>0 to 4294967295, or a range like 0:16</source>
        <translation>0 bis 4294967295 oder ein Bereich wie 0:16</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>S&amp;eed</translation>
    </message>
    <message>
        <source>{what}: go back to the plain seed</source>
        <translation>{what}: zurück zum einfachen Seed</translation>
    </message>
    <message>
        <source>Seeds used before, newest first</source>
        <translation>Früher verwendete Seeds, neueste zuerst</translation>
    </message>
    <message>
        <source>No seeds yet</source>
        <translation>Noch keine Seeds</translation>
    </message>
    <message>
        <source>A seed is a whole number from 0 to 4294967295, in digits.</source>
        <translation>Ein Seed ist eine ganze Zahl von 0 bis 4294967295, in Ziffern.</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variation</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>Morph</translation>
    </message>
    <message>
        <source>Mix of {count} seeds</source>
        <translation>Mischung aus {count} Seeds</translation>
    </message>
    <message>
        <source>Stopped at step {step}</source>
        <translation>Bei Schritt {step} angehalten</translation>
    </message>
    <message>
        <source>Forked at step {step}</source>
        <translation>Bei Schritt {step} abgezweigt</translation>
    </message>
</context>
<context>
    <name>SeedList</name>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
</context>
<context>
    <name>SeedPanel</name>
    <message>
        <source>About the seed</source>
        <translation>Über den Seed</translation>
    </message>
    <message>
        <source>Choose a seed to read about it, or several to star them.</source>
        <translation>Wählen Sie einen Seed, um mehr darüber zu lesen, oder mehrere, um ihnen Sterne zu geben.</translation>
    </message>
    <message>
        <source>Star (Space)</source>
        <translation>Stern (Leertaste)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name (F2)</source>
        <translation>Name (F2)</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Use this seed</source>
        <translation>Seed verwenden</translation>
    </message>
    <message>
        <source>Show its pictures</source>
        <translation>Bilder zeigen</translation>
    </message>
    <message>
        <source>Open its sheet</source>
        <translation>Bogen öffnen</translation>
    </message>
    <message>
        <source>Tried with</source>
        <translation>Probiert mit</translation>
    </message>
    <message>
        <source>Seeds: {count}</source>
        <translation>Seeds: {count}</translation>
    </message>
</context>
<context>
    <name>SeedPicture</name>
    <message>
        <source>Picture of the seed</source>
        <translation>Bild des Seeds</translation>
    </message>
</context>
<context>
    <name>Seeds</name>
    <message>
        <source>What is remembered of seeds is out of reach.</source>
        <translation>Was von den Seeds gemerkt ist, ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>No seed is liked yet: star one, or keep one on a contact sheet.</source>
        <translation>Noch gibt es keine Favoriten: Geben Sie einem Seed einen Stern oder behalten Sie einen auf einem Kontaktbogen.</translation>
    </message>
    <message>
        <source>Liked seeds on {model}</source>
        <translation>Favoriten mit {model}</translation>
    </message>
    <message>
        <source>Wide seed {seed}</source>
        <translation>Großer Seed {seed}</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>tried: {count}</source>
        <translation>probiert: {count}</translation>
    </message>
    <message>
        <source>kept: {count}</source>
        <translation>behalten: {count}</translation>
    </message>
    <message>
        <source>culled: {count}</source>
        <translation>aussortiert: {count}</translation>
    </message>
    <message>
        <source>pictures: {count}</source>
        <translation>Bilder: {count}</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>noch nicht probiert</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>with a note</source>
        <translation>mit Notiz</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>culled</source>
        <translation>aussortiert</translation>
    </message>
    <message>
        <source>{steps} steps</source>
        <translation>{steps} Schritte</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>formed</source>
        <translation>entstanden</translation>
    </message>
    <message>
        <source>at {share} %</source>
        <translation>bei {share} %</translation>
    </message>
</context>
<context>
    <name>SeedsPage</name>
    <message>
        <source>Search seeds</source>
        <translation>Seeds suchen</translation>
    </message>
    <message>
        <source>Search: star:  verdict:kept  seed:100..200</source>
        <translation>Suchen: star:  verdict:kept  seed:100..200</translation>
    </message>
    <message>
        <source>Seeds: {count}</source>
        <translation>Seeds: {count}</translation>
    </message>
    <message>
        <source>No seed matches</source>
        <translation>Kein Seed gefunden</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>No seeds are remembered yet</source>
        <translation>Noch sind keine Seeds gemerkt</translation>
    </message>
    <message>
        <source>Seeds of contact sheets and of finished pictures gather here by themselves. {keys} stars the seed of any picture.</source>
        <translation>Seeds von Kontaktbögen und fertigen Bildern sammeln sich hier. {keys} gibt dem Seed eines Bilds einen Stern.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Ordner der Bilder</translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation>Ordner der Modelle</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Previews</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Time for previews</source>
        <translation>Zeit für die Vorschau</translation>
    </message>
    <message>
        <source>Pictures at a time</source>
        <translation>Bilder zugleich</translation>
    </message>
    <message>
        <source>Disk for keyframes</source>
        <translation>Speicherplatz für Stützbilder</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Pause batches on battery</source>
        <translation>Serien im Akkubetrieb pausieren</translation>
    </message>
    <message>
        <source>Keep the computer awake while a batch runs</source>
        <translation>Computer wach halten, solange eine Serie läuft</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>A folder for each model, as diffusers has it.</source>
        <translation>Für jedes Modell ein Ordner, wie diffusers ihn anlegt.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Rechenkern</translation>
    </message>
    <message>
        <source>Another one restarts the engine.</source>
        <translation>Ein anderes Gerät startet den Rechenkern neu.</translation>
    </message>
    <message>
        <source>Exact pictures depend on their number.</source>
        <translation>Exakte Bilder hängen von der Zahl der Threads ab.</translation>
    </message>
    <message>
        <source>Of a batch, advancing together.</source>
        <translation>Bilder einer Serie, die gemeinsam gerechnet werden.</translation>
    </message>
    <message>
        <source>Keyframes</source>
        <translation>Stützbilder</translation>
    </message>
    <message>
        <source>For going back along a picture&apos;s steps.</source>
        <translation>Um durch die Schritte eines Bilds zurückzugehen.</translation>
    </message>
    <message>
        <source>While it forms</source>
        <translation>Beim Entstehen</translation>
    </message>
    <message>
        <source>They may take</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Of the time that a picture takes.</source>
        <translation>Anteil an der Zeit, die ein Bild braucht.</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>From the next start.</source>
        <translation>Ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Everything as at the first start, but the folders</source>
        <translation>Alles wie beim ersten Start, nur die Ordner nicht</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>NVIDIA or AMD GPU (CUDA)</source>
        <translation>NVIDIA- oder AMD-GPU (CUDA)</translation>
    </message>
    <message>
        <source>Apple GPU (MPS)</source>
        <translation>Apple-GPU (MPS)</translation>
    </message>
    <message>
        <source>No previews</source>
        <translation>Keine Vorschau</translation>
    </message>
    <message>
        <source>Quick previews, soft</source>
        <translation>Schnelle Vorschau, weich</translation>
    </message>
    <message>
        <source>Sharp previews, slower</source>
        <translation>Scharfe Vorschau, langsamer</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>There is nothing to finish: keep some tiles first.</source>
        <translation>Es gibt nichts fertigzustellen: Behalten Sie zuerst einige Kacheln.</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>step {done} of {total}</source>
        <translation>Schritt {done} von {total}</translation>
    </message>
    <message>
        <source>rests at step {done} of {total}</source>
        <translation>ruht bei Schritt {done} von {total}</translation>
    </message>
    <message>
        <source>in the queue</source>
        <translation>in der Warteschlange</translation>
    </message>
    <message>
        <source>being finished, step {done} of {total}</source>
        <translation>wird fertig, Schritt {done} von {total}</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed: {sentence}</source>
        <translation>fehlgeschlagen: {sentence}</translation>
    </message>
    <message>
        <source>Seed {seed}, {state}</source>
        <translation>Seed {seed}, {state}</translation>
    </message>
    <message>
        <source>Seed {seed}, kept, {state}</source>
        <translation>Seed {seed}, behalten, {state}</translation>
    </message>
    <message>
        <source>Seed {seed}, culled, {state}</source>
        <translation>Seed {seed}, aussortiert, {state}</translation>
    </message>
    <message>
        <source>There are no seeds for a sheet: choose some.</source>
        <translation>Für einen Bogen fehlen Seeds: Wählen Sie welche.</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>Seeds {first}–{last}</source>
        <translation>Seeds {first}–{last}</translation>
    </message>
    <message>
        <source>Random seeds: {count}</source>
        <translation>Zufällige Seeds: {count}</translation>
    </message>
    <message>
        <source>Chosen seeds: {count}, from {seed}</source>
        <translation>Gewählte Seeds: {count}, ab {seed}</translation>
    </message>
    <message>
        <source>{count} steps</source>
        <translation>{count} Schritte</translation>
    </message>
    <message>
        <source>{count} seeds you chose</source>
        <translation>{count} von Ihnen gewählte Seeds</translation>
    </message>
    <message>
        <source>{count} seeds at random</source>
        <translation>{count} zufällige Seeds</translation>
    </message>
    <message>
        <source>{count} seeds from {first}</source>
        <translation>{count} Seeds ab {first}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Culled</source>
        <translation>Aussortiert</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{formed} of {total} formed</source>
        <translation>{formed} von {total} entstanden</translation>
    </message>
    <message>
        <source>≈ {time} left</source>
        <translation>noch ≈ {time}</translation>
    </message>
    <message>
        <source>UNet evaluations saved: {count}</source>
        <translation>UNet-Aufrufe gespart: {count}</translation>
    </message>
    <message>
        <source>Every tile has its verdict.</source>
        <translation>Jede Kachel hat ihr Urteil.</translation>
    </message>
    <message>
        <source>Nothing is kept yet: press P on a tile you like.</source>
        <translation>Noch ist nichts behalten: Drücken Sie P auf einer Kachel, die Ihnen gefällt.</translation>
    </message>
    <message>
        <source>Nothing is culled yet: press X on a tile to cull it.</source>
        <translation>Noch ist nichts aussortiert: Drücken Sie X auf einer Kachel, um sie auszusortieren.</translation>
    </message>
    <message>
        <source>No picture of this sheet is finished yet.</source>
        <translation>Noch ist kein Bild dieses Bogens fertig.</translation>
    </message>
</context>
<context>
    <name>SheetBar</name>
    <message>
        <source>Tiles to show</source>
        <translation>Welche Kacheln gezeigt werden</translation>
    </message>
    <message>
        <source>Let the sheet stand still</source>
        <translation>Bogen anhalten</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>Schritt {step} von {total}</translation>
    </message>
    <message>
        <source>Finish survivors: {count}</source>
        <translation>Fertigstellen: {count}</translation>
    </message>
    <message>
        <source>Finish survivors</source>
        <translation>Fertigstellen</translation>
    </message>
    <message>
        <source>Refine {count} to {steps} steps</source>
        <translation>{count} auf {steps} Schritte verfeinern</translation>
    </message>
    <message>
        <source>Refine drafts</source>
        <translation>Entwürfe verfeinern</translation>
    </message>
    <message>
        <source>Tidy up {count}</source>
        <translation>Aufräumen {count}</translation>
    </message>
    <message>
        <source>Let the sheet go on</source>
        <translation>Bogen fortsetzen</translation>
    </message>
    <message>
        <source>Let tiles go whose verdict is another now, and let others come.</source>
        <translation>Kacheln mit inzwischen anderem Urteil entfernen und andere nachrücken lassen.</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>How far tiles go before you judge them; later they go on from there.</source>
        <translation>Wie weit Kacheln gehen, bevor Sie urteilen; später gehen sie von dort weiter.</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Size of tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
</context>
<context>
    <name>SheetEmpty</name>
    <message>
        <source>See a thousand seeds begin</source>
        <translation>Tausend Seeds beginnen sehen</translation>
    </message>
    <message>
        <source>All tiles of a contact sheet form together, those on screen first, and stop early. Keep what you like with P, cull the rest with X: survivors go on from where they stopped, and what is culled costs nothing more.</source>
        <translation>Alle Kacheln eines Kontaktbogens entstehen gemeinsam, die sichtbaren zuerst, und halten früh an. Behalten Sie mit P, was Ihnen gefällt, und sortieren Sie den Rest mit X aus: Behaltene gehen von dort weiter, wo sie anhielten, und Aussortiertes kostet nichts mehr.</translation>
    </message>
</context>
<context>
    <name>SheetGrid</name>
    <message>
        <source>Tiles of the sheet</source>
        <translation>Kacheln des Bogens</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Cull</source>
        <translation>Aussortieren</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Look closely	Space</source>
        <translation>Genau ansehen	Leertaste</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>SheetLine</name>
    <message>
        <source>Do not offer this</source>
        <translation>Nicht anbieten</translation>
    </message>
</context>
<context>
    <name>SheetLoupe</name>
    <message>
        <source>Tile</source>
        <translation>Kachel</translation>
    </message>
    <message>
        <source>No tile is chosen.</source>
        <translation>Keine Kachel gewählt.</translation>
    </message>
    <message>
        <source>Seed {seed} cannot be formed</source>
        <translation>Seed {seed} lässt sich nicht erzeugen</translation>
    </message>
    <message>
        <source>{row} of {count}</source>
        <translation>{row} von {count}</translation>
    </message>
    <message>
        <source>rough</source>
        <translation>grob</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>step {done} of {total}</source>
        <translation>Schritt {done} von {total}</translation>
    </message>
</context>
<context>
    <name>SheetMode</name>
    <message>
        <source>Early verdict: stop all at</source>
        <translation>Frühes Urteil: alle anhalten bei</translation>
    </message>
    <message>
        <source>Drafts of few steps:</source>
        <translation>Entwürfe mit wenigen Schritten:</translation>
    </message>
    <message>
        <source>Early verdict</source>
        <translation>Frühes Urteil</translation>
    </message>
    <message>
        <source>Drafts of few steps</source>
        <translation>Entwürfe mit wenigen Schritten</translation>
    </message>
    <message>
        <source>Stop at</source>
        <translation>Anhalten bei</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Steps of a draft</source>
        <translation>Schritte eines Entwurfs</translation>
    </message>
    <message>
        <source>At step {step} of {total}; survivors go on from there.</source>
        <translation>Bei Schritt {step} von {total}; Behaltene gehen von dort weiter.</translation>
    </message>
    <message>
        <source>Finished quickly; those you keep are made again in {steps} steps.</source>
        <translation>Schnell fertig; was Sie behalten, wird mit {steps} Schritten neu erzeugt.</translation>
    </message>
</context>
<context>
    <name>SheetName</name>
    <message>
        <source>Name of the sheet</source>
        <translation>Name des Bogens</translation>
    </message>
    <message>
        <source>Rename the sheet</source>
        <translation>Bogen umbenennen</translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Pages to print</source>
        <translation>Seiten zum Drucken</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>Ein Bild</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Dark background</source>
        <translation>Dunkler Hintergrund</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Caption: {what}</source>
        <translation>Beschriftung: {what}</translation>
    </message>
    <message>
        <source>C&amp;aptions</source>
        <translation>&amp;Beschriftung</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Papier</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>New sheet from there…</source>
        <translation>Neuer Bogen ab dort…</translation>
    </message>
    <message>
        <source>The queue is paused, so that no tiles form.</source>
        <translation>Die Warteschlange ist pausiert, daher entstehen keine Kacheln.</translation>
    </message>
    <message>
        <source>You came with seed {seed}.</source>
        <translation>Sie kamen mit Seed {seed}.</translation>
    </message>
</context>
<context>
    <name>SheetSeeds</name>
    <message>
        <source>First seed</source>
        <translation>Erster Seed</translation>
    </message>
    <message>
        <source>How many seeds</source>
        <translation>Anzahl der Seeds</translation>
    </message>
    <message>
        <source>There is no first seed: write a number from 0.</source>
        <translation>Der erste Seed fehlt: Schreiben Sie eine Zahl ab 0.</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>From one on</source>
        <translation>Ab einem</translation>
    </message>
    <message>
        <source>At random</source>
        <translation>Zufällig</translation>
    </message>
    <message>
        <source>Seeds I liked</source>
        <translation>Favoriten</translation>
    </message>
    <message>
        <source>&amp;First</source>
        <translation>&amp;Erster</translation>
    </message>
    <message>
        <source>How &amp;many</source>
        <translation>&amp;Anzahl</translation>
    </message>
    <message>
        <source>&amp;Seeds</source>
        <translation>&amp;Seeds</translation>
    </message>
    <message>
        <source>No seed is starred or kept yet: star one with Ctrl+B.</source>
        <translation>Noch hat kein Seed einen Stern, und keiner ist behalten: Strg+B gibt einem Seed einen Stern.</translation>
    </message>
    <message>
        <source>Starred seeds, and those kept on a sheet: {count}</source>
        <translation>Seeds mit Stern und auf einem Bogen behaltene: {count}</translation>
    </message>
</context>
<context>
    <name>SheetsDialog</name>
    <message>
        <source>Contact sheets</source>
        <translation>Kontaktbögen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>There are no contact sheets yet.</source>
        <translation>Es gibt noch keine Kontaktbögen.</translation>
    </message>
    <message>
        <source>“{name}” goes, and {count} tiles without a verdict are forgotten. Seeds you judged or noted stay remembered, and finished pictures stay.</source>
        <translation>„{name}“ verschwindet, und {count} Kacheln ohne Urteil werden vergessen. Seeds mit Ihrem Urteil oder Ihrer Notiz bleiben gemerkt, und fertige Bilder bleiben.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Seeds</translation>
    </message>
    <message>
        <source>Formed</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Culled</source>
        <translation>Aussortiert</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ShelfList</name>
    <message>
        <source>Places and albums</source>
        <translation>Orte und Alben</translation>
    </message>
    <message>
        <source>Put in the chosen pictures</source>
        <translation>Gewählte Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Take out the chosen pictures</source>
        <translation>Gewählte Bilder herausnehmen</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove the album; its pictures stay</source>
        <translation>Album entfernen; seine Bilder bleiben</translation>
    </message>
</context>
<context>
    <name>ShelfModel</name>
    <message>
        <source>New smart album</source>
        <translation>Neues intelligentes Album</translation>
    </message>
    <message>
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Albums</source>
        <translation>Alben</translation>
    </message>
    <message>
        <source>Smart albums</source>
        <translation>Intelligente Alben</translation>
    </message>
    <message>
        <source>{album}, pictures: {count}</source>
        <translation>{album}, Bilder: {count}</translation>
    </message>
</context>
<context>
    <name>Shelves</name>
    <message>
        <source>All pictures</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Ausgewählt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Unrated</source>
        <translation>Ohne Sterne</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Was sie tut</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Kürzel</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for an action or for keys</source>
        <translation>Aktion oder Tasten suchen</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Album</source>
        <translation>Album</translation>
    </message>
    <message>
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>Smart album</source>
        <translation>Intelligent</translation>
    </message>
    <message>
        <source>New smart album: keeps what is searched for now</source>
        <translation>Neues intelligentes Album: behält die jetzige Suche</translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>Breite und Höhe tauschen</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>Wie trainiert</translation>
    </message>
    <message>
        <source>Wide 2 : 1</source>
        <translation>Breit 2 : 1</translation>
    </message>
    <message>
        <source>Tall 1 : 2</source>
        <translation>Hoch 1 : 2</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Größer</translation>
    </message>
    <message>
        <source>Twice as large</source>
        <translation>Doppelt so groß</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>This picture has no file to copy yet: wait until it is finished, or use Stop here to keep it as it is now.</source>
        <translation>Dieses Bild hat noch keine Datei zum Kopieren: Warten Sie, bis es fertig ist, oder behalten Sie es mit „Hier anhalten“, wie es jetzt ist.</translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>Back to one picture (Esc)</source>
        <translation>Zurück zu einem Bild (Esc)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Eingepasst</translation>
    </message>
</context>
<context>
    <name>StarField</name>
    <message>
        <source>Rating</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Rating: 0 to 5</source>
        <translation>Sterne: 0 bis 5</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Verschieden</translation>
    </message>
    <message>
        <source>Stars: {n}</source>
        <translation>Sterne: {n}</translation>
    </message>
</context>
<context>
    <name>StationDelegate</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
</context>
<context>
    <name>StationModel</name>
    <message>
        <source>rests {seconds} s</source>
        <translation>verweilt {seconds} s</translation>
    </message>
    <message>
        <source>{angle}° to the next</source>
        <translation>{angle}° zum nächsten</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress of the queue</source>
        <translation>Fortschritt der Warteschlange</translation>
    </message>
    <message>
        <source>Engine: {state}</source>
        <translation>Rechenkern: {state}</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Starting the engine…</source>
        <translation>Rechenkern startet…</translation>
    </message>
    <message>
        <source>Loading the model: {percent} %</source>
        <translation>Modell wird geladen: {percent} %</translation>
    </message>
    <message>
        <source>Ready: {device}</source>
        <translation>Bereit: {device}</translation>
    </message>
    <message>
        <source>Restarting the engine…</source>
        <translation>Rechenkern startet neu…</translation>
    </message>
    <message>
        <source>The engine is not answering</source>
        <translation>Der Rechenkern antwortet nicht</translation>
    </message>
    <message>
        <source>The engine could not be started</source>
        <translation>Der Rechenkern ließ sich nicht starten</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Busy: {device}</source>
        <translation>Rechnet: {device}</translation>
    </message>
    <message>
        <source>Busy: {pace} on {device}</source>
        <translation>Beschäftigt: {pace} auf {device}</translation>
    </message>
    <message>
        <source>Pictures to go: {count}</source>
        <translation>Ausstehende Bilder: {count}</translation>
    </message>
    <message>
        <source>Queue paused</source>
        <translation>Warteschlange pausiert</translation>
    </message>
</context>
<context>
    <name>StripAxis</name>
    <message>
        <source>Step of the denoising</source>
        <translation>Schritt des Entrauschens</translation>
    </message>
</context>
<context>
    <name>StripLooks</name>
    <message>
        <source>Pictures at this step</source>
        <translation>Bilder bei diesem Schritt</translation>
    </message>
</context>
<context>
    <name>StripRow</name>
    <message>
        <source>Take this row off the page (Del)</source>
        <translation>Diese Zeile von der Seite nehmen (Entf)</translation>
    </message>
</context>
<context>
    <name>Strips</name>
    <message>
        <source>This fork was cancelled.</source>
        <translation>Diese Abzweigung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>{most} trajectories at most fit side by side: these are the first.</source>
        <translation>Höchstens {most} Verläufe passen nebeneinander: Dies sind die ersten.</translation>
    </message>
    <message>
        <source>There is no room for another row: take one off the page first.</source>
        <translation>Für eine weitere Zeile ist kein Platz: Nehmen Sie zuerst eine von der Seite.</translation>
    </message>
    <message>
        <source>Without fresh noise a fork is the same picture: choose more than 0°.</source>
        <translation>Ohne neues Rauschen ist eine Abzweigung dasselbe Bild: Wählen Sie mehr als 0°.</translation>
    </message>
</context>
<context>
    <name>Survey</name>
    <message>
        <source>Pictures side by side</source>
        <translation>Bilder nebeneinander</translation>
    </message>
</context>
<context>
    <name>SurveyCell</name>
    <message>
        <source>Take it out of the survey (Backspace)</source>
        <translation>Aus dem Vergleich nehmen (Rücktaste)</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>{picture}, active</source>
        <translation>{picture}, aktiv</translation>
    </message>
</context>
<context>
    <name>TablePage</name>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>&amp;Format</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Rezepte</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Whole recipes, ratings, tags and notes, for programs and scripts.</source>
        <translation>Vollständige Rezepte, Sterne, Schlagwörter und Notizen, für Programme und Skripte.</translation>
    </message>
    <message>
        <source>One line a picture, for spreadsheets; the recipe is one of its columns.</source>
        <translation>Eine Zeile je Bild, für Tabellenprogramme; das Rezept ist eine der Spalten.</translation>
    </message>
</context>
<context>
    <name>TagField</name>
    <message>
        <source>Add tags</source>
        <translation>Schlagwörter hinzufügen</translation>
    </message>
    <message>
        <source>Add tags (T)</source>
        <translation>Schlagwörter hinzufügen (T)</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Tag all of them; -tag takes it away</source>
        <translation>Wort für alle; -Wort entfernt es</translation>
    </message>
</context>
<context>
    <name>TaskDialog</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TaskStrip</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
</context>
<context>
    <name>TaskWatch</name>
    <message>
        <source>It was not done, because the library is out of reach.</source>
        <translation>Nicht ausgeführt, weil die Bibliothek nicht erreichbar ist.</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>File is missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>Damaged file</source>
        <translation>Datei beschädigt</translation>
    </message>
    <message>
        <source>Changed pixels</source>
        <translation>Pixel geändert</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message>
        <source>Turn round</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Size of pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>Absteigend</translation>
    </message>
    <message>
        <source>Ascending</source>
        <translation>Aufsteigend</translation>
    </message>
    <message>
        <source>{listed} of {all}</source>
        <translation>{listed} von {all}</translation>
    </message>
    <message>
        <source>{listed} · {chosen} chosen</source>
        <translation>{listed} · {chosen} gewählt</translation>
    </message>
    <message>
        <source>Pictures: {count}</source>
        <translation>Bilder: {count}</translation>
    </message>
</context>
<context>
    <name>Trajectories</name>
    <message>
        <source>Fork · {degrees}°</source>
        <translation>Abzweig · {degrees}°</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>Draft {number}</source>
        <translation>Entwurf {number}</translation>
    </message>
    <message>
        <source>Row {number}: seed {seed}</source>
        <translation>Zeile {number}: Seed {seed}</translation>
    </message>
    <message>
        <source>Row {number}: fork of seed {seed} at step {step} by {turn}°</source>
        <translation>Zeile {number}: Abzweigung von Seed {seed} bei Schritt {step} um {turn}°</translation>
    </message>
    <message>
        <source>Step {step} of {total}</source>
        <translation>Schritt {step} von {total}</translation>
    </message>
    <message>
        <source>Forming {done} of {total}</source>
        <translation>Entsteht: {done} von {total}</translation>
    </message>
    <message>
        <source>Not complete</source>
        <translation>Unvollständig</translation>
    </message>
    <message>
        <source>{step}, rough</source>
        <translation>{step}, grob</translation>
    </message>
    <message>
        <source>{step}, rough from {near}</source>
        <translation>{step}, grob ab {near}</translation>
    </message>
</context>
<context>
    <name>TrajectoriesPage</name>
    <message>
        <source>Trajectories</source>
        <translation>Verläufe</translation>
    </message>
</context>
<context>
    <name>TrajectoryBar</name>
    <message>
        <source>Step of the denoising</source>
        <translation>Schritt des Entrauschens</translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep this step</source>
        <translation>Diesen Schritt behalten</translation>
    </message>
    <message>
        <source>Save what is seen at this step as a picture of its own</source>
        <translation>Was bei diesem Schritt zu sehen ist, als eigenes Bild speichern</translation>
    </message>
    <message>
        <source>How far to turn the noise</source>
        <translation>Wie weit das Rauschen gedreht wird</translation>
    </message>
    <message>
        <source>Step {step} of {total}</source>
        <translation>Schritt {step} von {total}</translation>
    </message>
    <message>
        <source>Fork here</source>
        <translation>Hier abzweigen</translation>
    </message>
    <message>
        <source>Go on from this step with other noise</source>
        <translation>Ab diesem Schritt mit anderem Rauschen weiterrechnen</translation>
    </message>
    <message>
        <source>Fork at {step}</source>
        <translation>Ab {step} abzweigen</translation>
    </message>
    <message>
        <source>Go on from step {step}, the nearest before this one</source>
        <translation>Ab Schritt {step} weiterrechnen, dem nächsten vor diesem</translation>
    </message>
</context>
<context>
    <name>TrialCell</name>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Make this one a picture; it goes on from the draft</source>
        <translation>Hieraus ein Bild machen; es geht vom Entwurf aus weiter</translation>
    </message>
    <message>
        <source>Keep draft {number}</source>
        <translation>Entwurf {number} behalten</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>This is a bug in LDM Desktop ({what}). Nothing saved is lost.</source>
        <translation>Dies ist ein Fehler in LDM Desktop ({what}). Gespeichertes ist nicht verloren.</translation>
    </message>
</context>
<context>
    <name>TroubleLine</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>TurnPanel</name>
    <message>
        <source>Turn of the noise in degrees</source>
        <translation>Drehung des Rauschens in Grad</translation>
    </message>
    <message>
        <source>Turn the noise by</source>
        <translation>Rauschen drehen um</translation>
    </message>
    <message>
        <source>A small turn stays close to this picture, 180° goes far away from it.</source>
        <translation>Eine kleine Drehung bleibt nah an diesem Bild, 180° führen weit davon weg.</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Abzweigen</translation>
    </message>
</context>
<context>
    <name>VariationBar</name>
    <message>
        <source>Parent</source>
        <translation>Elternbild</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Sideways</source>
        <translation>Seitwärts</translation>
    </message>
    <message>
        <source>Further</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>VariationPath</name>
    <message>
        <source>The way here</source>
        <translation>Der Weg hierher</translation>
    </message>
</context>
<context>
    <name>VariationRing</name>
    <message>
        <source>The picture and its neighbours</source>
        <translation>Das Bild und seine Nachbarn</translation>
    </message>
</context>
<context>
    <name>Variations</name>
    <message>
        <source>A recipe holds 1,024 seeds, and {left} more fit into this one: go back some way, or begin from another picture soon.</source>
        <translation>Ein Rezept fasst 1024 Seeds, in dieses passen noch {left}: Gehen Sie ein Stück zurück oder beginnen Sie bald bei einem anderen Bild.</translation>
    </message>
    <message>
        <source>Nearly all is kept, so the neighbours hardly differ: free some of it.</source>
        <translation>Fast alles ist gesperrt, daher unterscheiden sich die Nachbarn kaum: Geben Sie etwas davon frei.</translation>
    </message>
    <message>
        <source>This picture has come through as many variations as a recipe can hold, 1,024 seeds: go back some way, or begin from another picture.</source>
        <translation>Dieses Bild ging durch so viele Variationen, wie ein Rezept fasst, 1024 Seeds: Gehen Sie ein Stück zurück oder beginnen Sie bei einem anderen Bild.</translation>
    </message>
    <message>
        <source>hardly to be seen</source>
        <translation>kaum zu sehen</translation>
    </message>
    <message>
        <source>subtle</source>
        <translation>fein</translation>
    </message>
    <message>
        <source>close</source>
        <translation>nah</translation>
    </message>
    <message>
        <source>related</source>
        <translation>verwandt</translation>
    </message>
    <message>
        <source>loosely related</source>
        <translation>entfernt verwandt</translation>
    </message>
    <message>
        <source>far</source>
        <translation>fern</translation>
    </message>
    <message>
        <source>another picture</source>
        <translation>ein anderes Bild</translation>
    </message>
    <message>
        <source>beyond another picture, to the opposite</source>
        <translation>weiter als ein anderes Bild, ins Gegenteil</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>keeping…</source>
        <translation>wird behalten…</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Seed {seed} · {angle} from its parent · generation {count}</source>
        <translation>Seed {seed} · {angle} vom Elternbild · Generation {count}</translation>
    </message>
    <message>
        <source>Variation {number}, {angle} away</source>
        <translation>Variation {number}, {angle} entfernt</translation>
    </message>
</context>
<context>
    <name>VariationsPage</name>
    <message>
        <source>Variations</source>
        <translation>Variationen</translation>
    </message>
    <message>
        <source>Look at a picture, in the studio or the gallery, and press {keys}.</source>
        <translation>Sehen Sie im Studio oder in der Galerie ein Bild an und drücken Sie {keys}.</translation>
    </message>
    <message>
        <source>Nothing to vary yet</source>
        <translation>Noch nichts zu variieren</translation>
    </message>
    <message>
        <source>The queue is paused, and so are these drafts: let it go on to see them.</source>
        <translation>Die Warteschlange ist pausiert, und mit ihr diese Entwürfe: Setzen Sie sie fort, um sie zu sehen.</translation>
    </message>
    <message>
        <source>What is striped stays as it is in the neighbours, and the rest varies. [ and ] change the brush; X or Alt erases.</source>
        <translation>Gestreiftes bleibt in den Nachbarn, wie es ist, der Rest variiert. [ und ] ändern den Pinsel; X oder Alt radiert.</translation>
    </message>
    <message>
        <source>Sideways: around it are other children of its parent, {angle} from that. Return on the picture in the middle shows its own again.</source>
        <translation>Seitwärts: Ringsum sind andere Kinder seines Elternbilds, {angle} von diesem entfernt. Die Eingabetaste auf dem mittleren Bild zeigt wieder seine eigenen.</translation>
    </message>
</context>
<context>
    <name>Verbs</name>
    <message>
        <source>Rate picture</source>
        <translation>Sterne vergeben</translation>
    </message>
    <message>
        <source>Rate {count} pictures</source>
        <translation>Sterne für {count} Bilder</translation>
    </message>
    <message>
        <source>Flag picture</source>
        <translation>Bild markieren</translation>
    </message>
    <message>
        <source>Flag {count} pictures</source>
        <translation>{count} Bilder markieren</translation>
    </message>
    <message>
        <source>Label picture</source>
        <translation>Farbe vergeben</translation>
    </message>
    <message>
        <source>Label {count} pictures</source>
        <translation>Farbe für {count} Bilder</translation>
    </message>
    <message>
        <source>Tag picture</source>
        <translation>Schlagwort vergeben</translation>
    </message>
    <message>
        <source>Tag {count} pictures</source>
        <translation>Schlagwort für {count} Bilder</translation>
    </message>
    <message>
        <source>Remove tag</source>
        <translation>Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Remove tag of {count} pictures</source>
        <translation>Schlagwort von {count} Bildern entfernen</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note on {count} pictures</source>
        <translation>Notiz zu {count} Bildern</translation>
    </message>
    <message>
        <source>Add to album</source>
        <translation>Zu Album hinzufügen</translation>
    </message>
    <message>
        <source>Add {count} pictures to album</source>
        <translation>{count} Bilder zu Album hinzufügen</translation>
    </message>
    <message>
        <source>Remove from album</source>
        <translation>Aus Album entfernen</translation>
    </message>
    <message>
        <source>Remove {count} pictures from album</source>
        <translation>{count} Bilder aus Album entfernen</translation>
    </message>
    <message>
        <source>New album</source>
        <translation>Neues Album</translation>
    </message>
    <message>
        <source>New smart album</source>
        <translation>Neues intelligentes Album</translation>
    </message>
    <message>
        <source>Rename album</source>
        <translation>Album umbenennen</translation>
    </message>
    <message>
        <source>Remove album</source>
        <translation>Album entfernen</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move {count} pictures to trash</source>
        <translation>{count} Bilder in den Papierkorb</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Put {count} pictures back</source>
        <translation>{count} Bilder wiederherstellen</translation>
    </message>
</context>
<context>
    <name>VerifyReport</name>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Every file is read and compared; nothing is changed.</source>
        <translation>Jede Datei wird gelesen und verglichen; nichts wird geändert.</translation>
    </message>
    <message>
        <source>Every file is read and compared; what can be mended is.</source>
        <translation>Jede Datei wird gelesen und verglichen; was sich reparieren lässt, wird repariert.</translation>
    </message>
</context>
<context>
    <name>WayButton</name>
    <message>
        <source>Here also: {key}</source>
        <translation>Hier auch: {key}</translation>
    </message>
</context>
<context>
    <name>WaySlider</name>
    <message>
        <source>Place on the way</source>
        <translation>Stelle auf dem Weg</translation>
    </message>
</context>
<context>
    <name>WaysBar</name>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Mix of {count} seeds around {seed}</source>
        <translation>Mischung aus {count} Seeds um {seed}</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>Seed {seed}</translation>
    </message>
    <message>
        <source>Seed {seed}, stopped at step {step}</source>
        <translation>Seed {seed}, bei Schritt {step} angehalten</translation>
    </message>
    <message>
        <source>Seed {seed}, forked at step {step}</source>
        <translation>Seed {seed}, bei Schritt {step} abgezweigt</translation>
    </message>
    <message>
        <source>Variation of seed {seed}</source>
        <translation>Variation von Seed {seed}</translation>
    </message>
    <message>
        <source>Morph near seed {seed}</source>
        <translation>Morph nahe Seed {seed}</translation>
    </message>
    <message>
        <source>A morph of {count} frames</source>
        <translation>Morph aus {count} Einzelbildern</translation>
    </message>
    <message>
        <source>{count} picked seeds</source>
        <translation>{count} ausgesuchte Seeds</translation>
    </message>
    <message>
        <source>Random seeds for ever</source>
        <translation>Zufällige Seeds, endlos</translation>
    </message>
    <message>
        <source>{count} pictures of random seeds</source>
        <translation>{count} Bilder zufälliger Seeds</translation>
    </message>
    <message>
        <source>For ever from seed {seed}</source>
        <translation>Endlos ab Seed {seed}</translation>
    </message>
    <message>
        <source>{count} pictures from seed {seed}</source>
        <translation>{count} Bilder ab Seed {seed}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} fehlgeschlagen</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>{count} fertig</translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation>{count} von {total}</translation>
    </message>
    <message>
        <source>{rate} steps/s</source>
        <translation>{rate} Schritte/s</translation>
    </message>
    <message>
        <source>{seconds} s/step</source>
        <translation>{seconds} s/Schritt</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days} Tage</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
</context>
<context>
    <name>WorkLine</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
    <message>
        <source>Looking for changes…</source>
        <translation>Sucht Änderungen…</translation>
    </message>
    <message>
        <source>Rebuilding…</source>
        <translation>Wird neu aufgebaut…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Import läuft…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Export läuft…</translation>
    </message>
</context>
<context>
    <name>WorkStrip</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Opening the gallery…</source>
        <translation>Galerie wird geöffnet…</translation>
    </message>
    <message>
        <source>Looking through the library…</source>
        <translation>Bibliothek wird durchgesehen…</translation>
    </message>
    <message>
        <source>Rebuilding the gallery from the files…</source>
        <translation>Galerie wird aus den Dateien neu aufgebaut…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Bilder werden importiert…</translation>
    </message>
    <message>
        <source>Checking every file…</source>
        <translation>Alle Dateien werden geprüft…</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Export läuft…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
</context>
</TS>
