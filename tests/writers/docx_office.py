"""LibreOffice as a witness: it opens our files, accepts or rejects all tracked changes, and says what it sees.

Run as a script by the system's Python (which has UNO) it is the inside of the witness: `FILE… ` on standard input as
JSON, the paragraphs of each file in each mode on standard output as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

Seen = dict[str, dict[str, list[str]]]
"""Lines by file and mode."""

MODES = {"as-is": None, "accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}


def witness(files: list[Path], modes: tuple[str, ...] = ("accept", "reject"), timeout: float = 480) -> Seen:
    """For every file and mode the non-blank paragraphs, stripped.  Skips the test where LibreOffice or UNO is missing."""
    from tests.tools import absent, require

    require("soffice", why="LibreOffice accepts and rejects the tracked changes")
    python = next((p for p in ("/usr/bin/python3", shutil.which("python3") or "") if p and _has_uno(p)), None)
    if python is None:
        absent("needs python3-uno, LibreOffice's own Python bridge")
    task = json.dumps({"files": [str(path) for path in files], "modes": modes})
    done = subprocess.run([python, __file__], input=task, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: Seen = json.loads(done.stdout)
    return found


def _has_uno(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def pdf(file: Path, folder: Path, timeout: float = 180) -> Path:
    """The file as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), str(file)], capture_output=True, timeout=timeout, check=True)
    return folder / f"{file.stem}.pdf"


def _main() -> None:
    task = json.loads(sys.stdin.read())
    with tempfile.TemporaryDirectory() as profile:
        pipe = f"reissue{os.getpid()}"
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
        command.append(f"--accept=pipe,name={pipe};urp;")
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            desktop, dispatcher = _connect(pipe, office)
            found = {
                file: {mode: _paragraphs(desktop, dispatcher, file, MODES[mode]) for mode in task["modes"]}
                for file in task["files"]
            }
            sys.stdout.write(json.dumps(found))
            sys.stdout.flush()
            _terminate(desktop)
            office.wait(30)
        finally:
            if office.poll() is None:
                office.terminate()


def _connect(pipe: str, office: subprocess.Popen[bytes]) -> tuple[object, object]:
    import uno

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except Exception:
            if office.poll() is not None and office.returncode != 0:
                raise
            time.sleep(0.25)
    else:
        raise SystemExit("LibreOffice did not answer within a minute")
    services = context.ServiceManager
    return (
        services.createInstanceWithContext("com.sun.star.frame.Desktop", context),
        services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context),
    )


def _terminate(desktop: object) -> None:
    try:
        desktop.terminate()
    except Exception as error:  # the bridge goes down with the office: nothing is left to ask
        sys.stderr.write(f"{error}\n")


def _paragraphs(desktop: object, dispatcher: object, file: str, command: str | None) -> list[str]:
    import uno
    from com.sun.star.beans import PropertyValue

    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (hidden,))
    try:
        if command:
            dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        lines: list[str] = []
        cursor = document.Text.createEnumeration()
        while cursor.hasMoreElements():
            paragraph = cursor.nextElement()
            if paragraph.supportsService("com.sun.star.text.Paragraph"):
                lines += [line.strip() for line in paragraph.getString().splitlines()]
        return [line for line in lines if line]
    finally:
        document.close(True)


if __name__ == "__main__":
    _main()
