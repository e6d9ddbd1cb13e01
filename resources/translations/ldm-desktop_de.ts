<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About LDM Desktop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explore the seeds of latent diffusion models, offline, on your own computer. Nothing you make leaves it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made with PyTorch, diffusers and Qt {qt}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Application</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it now, ahead of whatever is waiting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it after everything that is waiting.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the picture as it looks now, and go no further.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up the run that is on screen; finished pictures stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rest after this step; nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End an engine that does not answer and start another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Roll a seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a seed at random.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the seed after each run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to a seed used before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Few steps: quick, to look around.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good pictures in reasonable time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the model card has it: slow, and to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy recipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all settings as text that can be pasted here again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the settings of a copied picture, recipe or seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the settings of a picture or recipe file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy; the library has the picture already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the controls to how this picture was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render exactly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it again in the precision that repeats to the last bit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork from this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on from this step with other noise.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the newest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show whatever is being made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit to the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark for comparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this picture as the one to compare with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare by wiping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare by flicker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch grid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all pictures of this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Controls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue and details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rest after this step, or go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished pictures stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make what failed or was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it off the list; its pictures stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear ended jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take them off the list; their pictures stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find and run anything by typing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About LDM Desktop…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Announcer</name>
    <message>
        <source>{share}, paused – {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{share} – {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures are ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures saved: {saved}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A batch has ended with trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures saved: {saved}. Failed: {failed}. {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BatchDelegate</name>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BatchGrid</name>
    <message>
        <source>Batch</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BatchModel</name>
    <message>
        <source>Seed {seed}, waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}, step {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}, finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}, failed: {sentence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}, cancelled</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is saved and queued is safe. You can go on; if it happens again, please send this report to the makers. There are no pictures in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports left out: {count}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>looking back…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press {keys} to make your first picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or drop a picture here to use its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed} could not be finished</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command, a seed, a model or a sampler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What fits</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed} is marked. Show another picture to compare it with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark a picture with {keys}, then show the one to compare it with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {a} on the left {share} %, seed {b} on the right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed} is shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Roll the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore a picture&apos;s settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is here, but another model than the one that made this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model yet: put one into the models folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is still being opened.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ControlsPanel</name>
    <message>
        <source>Controls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;fter a run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;cision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed after each run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seed after it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A seed by chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeats to the last bit on this machine; slowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks the same every time; a few pixels may differ a little</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>16-bit: quicker where the machine is made for it, less alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Auto – {precision}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What pays on this machine; a picture always records which it was</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CostLabel</name>
    <message>
        <source>Cost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not measured yet on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≈ {time} a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures ≈ {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scaled by pixels from another size; after one picture it is measured.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture on screen is described here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Edits</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock of the seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed after each run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pixels: {hash}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recipe: {hash}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step {step} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New noise from step {step}, turned by {degrees}°</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps} ({done} of {total} done)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilmstripModel</name>
    <message>
        <source>Seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilmstripView</name>
    <message>
        <source>Recent pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished pictures gather here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse: {what}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inhibitor</name>
    <message>
        <source>Pictures are being made.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobCommands</name>
    <message>
        <source>Go on with the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause the job</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobFoot</name>
    <message>
        <source>Show log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log of a job</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Laptop</name>
    <message>
        <source>running on battery</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Limits</name>
    <message>
        <source>{sampler} does not work with this model: choose {others}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The convention {convention} exists for {sampler} only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sampler} takes {least} to {most} steps with this model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{steps} steps go past what this model was trained on: take {fewer}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eta lies between 0 and 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sampler} adds no noise while it samples: choose DDIM, or eta 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A seed lies between 0 and {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One job has 1 to {most} pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is more than a seed (a mix or a branch), so nothing follows it: make one picture, or choose another seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has to be a multiple of {multiple}; the nearest is {near}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture has at most 67 million pixels, as 8192 × 8192 has.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelFields</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeFeed</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{reason} Pictures that wait to be saved: {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue is paused: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has not answered for a while.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Orders</name>
    <message>
        <source>The model of this picture, {name}, is not here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This begins as soon as the model is open.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused at step {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rate:.1f} steps/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds:.1f} s/step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cancelled at step {done} / {total}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Set the seed to {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the model {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the sampler {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <source>Pictures and recipes (*.png *.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take settings from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is waiting.
{keys} makes a picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Recall</name>
    <message>
        <source>{text} is neither a recipe nor a seed: paste a picture, a recipe, a number from 0, or a range 0:16.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This text is too long for a recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pasted text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file in this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {count} files only {name} was used, as settings are of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is neither a PNG that LDM Desktop has saved nor a recipe in JSON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This picture was made by {name} ({fingerprint}…), which is not here: put its folder into {folder}. The settings were restored all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a model without a name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Restoring</name>
    <message>
        <source>Pixels alone do not tell how they were made: copy the file or the recipe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to paste: copy a picture, recipe or seed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings restored: {title}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until somebody stops it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>One job has 1 to {most} pictures: cut the range in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These seeds do not follow each other: write a range, like 0:16.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SamplingFields</name>
    <message>
        <source>Sampler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;teps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samp&amp;ler</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Eta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;nvention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paper: {paper}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sampler} adds no noise while it samples.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only DDIM adds noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More steps: finer, and slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Noise added at each step: 0 is DDIM, where the seed decides all; 1 is DDPM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time steps of the first latent-diffusion code: one later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time steps of Hugging Face diffusers</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Scrubber</name>
    <message>
        <source>PNDM carries too much from step to step for new noise to enter: make the picture with another sampler to fork it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to a later step: new noise can enter only after the first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeedField</name>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 to 4294967295, or a range like 0:16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: go back to the plain seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seeds used before, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No seeds yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A seed is a whole number from 0 to 4294967295, in digits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mix of {count} seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forked at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previews</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time for previews</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk for keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause batches on battery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the computer awake while a batch runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder for each model, as diffusers has it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another one restarts the engine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact pictures depend on their number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of a batch, advancing together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyframes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For going back along a picture&apos;s steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While it forms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They may take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the time that a picture takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Power</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything as at the first start, but the folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA or AMD GPU (CUDA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apple GPU (MPS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No previews</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick previews, soft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sharp previews, slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search for an action or for keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SizeField</name>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wide 2 : 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tall 1 : 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Larger</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Twice as large</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>This picture has no file to copy yet: wait until it is finished, or use Stop here to keep it as it is now.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StageView</name>
    <message>
        <source>Back to one picture (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Staying with seed {seed}: follow new pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress of the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engine: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the engine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model: {percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restarting the engine…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not answering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine could not be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy: {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy: {pace} steps/s on {device}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures to go: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue paused</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrajectoryBar</name>
    <message>
        <source>Step of the denoising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save what is seen at this step as a picture of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far to turn the noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step {step} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on from this step with other noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork at {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on from step {step}, the nearest before this one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>This is a bug in LDM Desktop ({what}). Nothing saved is lost.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TurnPanel</name>
    <message>
        <source>Turn of the noise in degrees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn the noise by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A small turn stays close to this picture, 180° goes far away from it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Mix of {count} seeds around {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}, stopped at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed {seed}, forked at step {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Random seeds for ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures of random seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For ever from seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} pictures from seed {seed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>self.self</name>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
