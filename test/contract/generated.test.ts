import { startProgram } from '../support/program';

it('what is made from the contract and the nodes is up to date (if this fails: npm run generate)', async () => {
	// In a process of its own: openapi-typescript is an ES module.
	const check = startProgram('scripts/generate/main.ts', { args: ['--check'] });
	expect(await check.finished()).toEqual({
		code: 0,
		output: expect.stringContaining('up to date'),
	});
});
