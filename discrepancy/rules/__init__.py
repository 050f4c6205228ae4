"""What the notice on discrepancies fixes (総官参第11号, 16 June 2017): steps, routes, days, forms, names of files."""
