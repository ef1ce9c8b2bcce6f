"""What the conformance tests share: a live server, people who visit it, apps that sign them in, and faults."""
