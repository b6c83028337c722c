// usage: node statuspage_client.js NODE_MODULES URL
// What the npm client statuspage.io reads at URL, by call, as JSON.
const [modules, url] = process.argv.slice(2);
const {Statuspage} = require(modules + '/statuspage.io');
const page = new Statuspage('example');
page.setApiUrl(url);
const {api} = page;

async function main() {
  const said = {
    summary: await api.getSummary(),
    status: await api.getStatus(),
    components: await api.getComponents(),
    incidents: await api.incidents.getAll(),
    'incidents/unresolved': await api.incidents.getUnresolved(),
    'scheduled-maintenances': await api.scheduledMaintenances.getAll(),
    'scheduled-maintenances/active':
        await api.scheduledMaintenances.getActive(),
    'scheduled-maintenances/upcoming':
        await api.scheduledMaintenances.getUpcoming(),
  };
  console.log(JSON.stringify(said));
}

main().catch(e => { console.error(e); process.exit(1); });
