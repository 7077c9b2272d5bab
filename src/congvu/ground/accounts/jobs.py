"""Clearing away what is over."""

from procrastinate.contrib.django import app

from congvu.ground.accounts import brake, signin


@app.periodic(cron="15 * * * *")
@app.task(name="accounts.forget_attempts", queueing_lock="accounts.forget_attempts", pass_context=False)
def forget_attempts(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    brake.forget_attempts()


@app.periodic(cron="40 2 * * *")
@app.task(name="accounts.forget_sessions", queueing_lock="accounts.forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    signin.forget_sessions()
