import { reference, referenceFile } from './generate-reference';
import { writeOrCheck } from './generated';

/** `npm run docs:reference` makes what the documents say from the package itself. With `--check` it only looks. */
writeOrCheck(new Map([[referenceFile, reference()]]), [], 'docs:reference').catch(
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);
