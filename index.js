'use strict';

// n8n loads the classes by the paths in package.json; this file serves everyone else who requires the package.
const { PalommaApi } = require('./dist/credentials/PalommaApi.credentials.js');
const { Palomma } = require('./dist/nodes/Palomma/Palomma.node.js');
const { PalommaTrigger } = require('./dist/nodes/PalommaTrigger/PalommaTrigger.node.js');

module.exports = { Palomma, PalommaApi, PalommaTrigger };
