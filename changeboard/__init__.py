"""changeboard: change management and maintenance scheduling for platforms that cannot go down."""
