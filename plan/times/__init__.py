"""The grammar of printed times: `spelling` makes words comparable, `dates`, `recurring` and `relative` find what stands
in them, `clauses` puts it together, `reader` answers with milestones or a doubt, `rules` are what recurs or waits."""
