'use strict';

const config = require('./jest.config');

/**
 * For `npm test`: the files of a folder share an n8n, which takes a third less time.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...config,
	testMatch: [
		'<rootDir>/test/together/*.ts',
		'<rootDir>/test/{engine/alone,contract,package,documents,stand-ins}/**/*.test.ts',
	],
	testSequencer: '<rootDir>/test/support/groupsFirst.js',
};
