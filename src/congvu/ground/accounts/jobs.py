"""Clearing away what is over."""

from procrastinate.contrib.django import app

from congvu.ground.accounts import brake


@app.periodic(cron="15 * * * *")
@app.task(name="accounts.forget_attempts", queueing_lock="accounts.forget_attempts", pass_context=False)
def forget_attempts(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    brake.forget_attempts()
