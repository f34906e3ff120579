"""What a person may read: tasks, history, evidence, messages, the figures."""
