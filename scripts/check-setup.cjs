// Runs on any Node.js, before anything else: what comes later would only fail in a way that says nothing.
const { existsSync } = require('fs');
const { join } = require('path');

const oldest = 20;
const [major] = process.versions.node.split('.');
if (Number(major) < oldest) {
	console.error(
		`This needs Node.js ${oldest}, 22 or 24, and here is ${process.versions.node}. Install a newer one from https://nodejs.org and try again.`,
	);
	process.exit(1);
}
if (!existsSync(join(__dirname, '..', 'node_modules', 'tsx'))) {
	console.error('What this needs is not installed. Install it, and try again:\n  npm ci');
	process.exit(1);
}
