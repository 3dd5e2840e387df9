"""Train networks and compare how: settings, optimisers, schedules, runs in lock-step, a worker process."""
