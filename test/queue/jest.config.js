'use strict';

/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/queue/{sync,trigger}.ts'],
	transform: { '\\.ts$': '@swc/jest' },
	testTimeout: 300_000,
	maxWorkers: 1,
	// What a test that failed has left open must not keep the suite from ending; n8n ends with it.
	forceExit: true,
};
