'use strict';

const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

/** Removes the last build, so that a file that is gone from the sources is gone from the package. */
function clean() {
	return rm('dist', { recursive: true, force: true });
}

/** Copies the icons that the node and the credential name. */
function icons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

/** Copies what n8n reads beside the compiled node: codex (search, categories) and output previews. */
function nodeFiles() {
	return src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: 'nodes',
		encoding: false,
	}).pipe(dest('dist/nodes'));
}

exports.clean = clean;
exports.assets = parallel(icons, nodeFiles);
