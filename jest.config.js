'use strict';

const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/!(e2e)/**/*.test.ts'],
	transform: { '\\.ts$': '@swc/jest' },
	testTimeout: 30_000,
	// One more than there are cores, as tests also wait.
	maxWorkers: availableParallelism() + 1,
	// As n8n does with NODE_PATH: a package installed elsewhere finds n8n's own modules.
	modulePaths: ['<rootDir>/node_modules'],
	// What is measured is what is published: the compiled files.
	// These have types only: nothing of them is left to run.
	collectCoverageFrom: [
		'dist/**/*.js',
		'index.js',
		'!dist/nodes/Palomma/operations/{operation,newEntry}.js',
		'!dist/nodes/Palomma/operations/fields/givenValue.js',
	],
	coverageReporters: [['text', { skipFull: true }], 'lcovonly'],
	coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
};
