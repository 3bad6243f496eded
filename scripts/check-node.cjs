// Runs on any Node.js, before anything else: what comes later would only fail in a way that says nothing.
const oldest = 20;
const [major] = process.versions.node.split('.');
if (Number(major) < oldest) {
	console.error(
		`This needs Node.js ${oldest}, 22 or 24, and here is ${process.versions.node}. Install a newer one from https://nodejs.org and try again.`,
	);
	process.exit(1);
}
