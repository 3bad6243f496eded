// What n8n's own tool (`n8n-node lint`, strict mode) checks, rule for rule, without the tool itself:
// @n8n/node-cli would add 706 MB of langchain and friends to every `npm ci` (see CONTRIBUTING.md).
import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import regexp from 'eslint-plugin-regexp';
import { globalIgnores } from 'eslint/config';
import { existsSync } from 'node:fs';
import tseslint from 'typescript-eslint';

// What the end-to-end tests need is installed by itself (npm ci --prefix test/e2e); without it they cannot be checked.
const e2eIsInstalled = existsSync(new URL('test/e2e/node_modules', import.meta.url));

const published = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const communityNodes = n8nCommunityNodesPlugin.configs.recommended;

export default tseslint.config(
	globalIgnores(['dist', 'coverage', '**/*.d.ts', ...(e2eIsInstalled ? [] : ['test/e2e'])]),
	{
		files: ['**/*.ts'],
		extends: [
			js.configs.recommended,
			tseslint.configs.recommendedTypeChecked,
			importX.flatConfigs.recommended,
		],
		languageOptions: { parserOptions: { projectService: true } },
		settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		// `async` alone has its use: it turns what is thrown into a rejected promise.
		rules: {
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ ignoreRestSiblings: true, argsIgnorePattern: '^_' },
			],
		},
	},

	// What users install. Comments cannot switch a rule off here: n8n's scanner ignores them too.
	{
		files: published,
		extends: [communityNodes],
		plugins: { regexp },
		linterOptions: { noInlineConfig: true },
		rules: {
			'no-console': 'error',
			// No input blocks n8n's only thread: a regular expression takes time in proportion to the text.
			'regexp/no-super-linear-backtracking': 'error',
			'regexp/no-super-linear-move': 'error',
			// n8n's rule lets every development dependency through.
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^(?!n8n-workflow$|node:crypto$|\\.\\.?/)',
							message: 'Only n8n-workflow and node:crypto are there at run time.',
						},
					],
				},
			],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', prefer: 'type-imports' },
			],
		},
	},
	{ plugins: { 'n8n-nodes-base': n8nNodesBase } },
	{
		files: ['package.json'],
		extends: [communityNodes],
		rules: { ...n8nNodesBase.configs.community.rules },
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},

	{
		files: ['test/**/*.ts'],
		extends: [jest.configs['flat/recommended']],
		rules: {
			// jest's asymmetric matchers (expect.any …) are typed any.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			// Checks that hold for every run live in test/support.
			'jest/no-standalone-expect': 'off',
			'jest/no-conditional-expect': 'off',
			'jest/valid-title': 'off',
			// `scene` is a test that keeps evidence; what it expects is at its callers.
			'jest/expect-expect': 'off',
			'jest/no-export': 'off',
			// What only the end-to-end tests need is installed by itself.
			'import-x/no-unresolved': [
				'error',
				{ ignore: ['^@modelcontextprotocol/', '^playwright-core$'] },
			],
		},
	},
);
