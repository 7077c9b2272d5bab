"""The sealer: at most a minute passes between an act and its place in the chain."""

from procrastinate.contrib.django import app

from congvu.ground.audit import trail


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal", pass_context=False)
def seal(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    trail.seal()
