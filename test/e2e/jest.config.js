'use strict';

/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	transform: { '\\.ts$': '@swc/jest' },
	testTimeout: 120_000,
	// One n8n at a time: it wants the machine for itself.
	maxWorkers: 1,
	// What a test that failed has left open must not keep the suite from ending; n8n ends with it.
	forceExit: true,
};
