'use strict';

/*
 * Runs in a process of its own, like n8n: loads a package by its folder and prints what it exports and
 * which modules its files require.
 */
const Module = require('node:module');
const path = require('node:path');

const folder = path.resolve(process.argv[2]);
const required = new Set();
const load = Module._load;
Module._load = function (request, parent, ...rest) {
	const isOurs = parent?.filename?.startsWith(folder + path.sep);
	if (isOurs && !request.startsWith('.')) required.add(request);
	return load.call(this, request, parent, ...rest);
};

const exported = require(folder);
const names = Object.values(exported).map((Class) => {
	const instance = new Class();
	return instance.name ?? instance.description.name;
});
process.stdout.write(
	JSON.stringify({ exported: Object.keys(exported), names, required: [...required] }),
);
