// Starts GraphiQL on its page. What a visitor types stays in the browser, tokens excepted: those are forgotten with the page.
const place = document.getElementById('graphiql');
const sheet = `# ${place.dataset.welcome}
# { "Authorization": "Bearer …" }

query FindTenders {
  tenders(filter: { isOpen: true }, first: 5) {
    nodes { id number title { zh en } deadlineAt }
  }
}
`;
const fetcher = GraphiQL.createFetcher({
  url: '/graphql',
  subscriptionUrl: `${location.origin.replace('http', 'ws')}/graphql`,
  headers: { 'Accept-Language': document.documentElement.lang },
});
place.replaceChildren();
ReactDOM.createRoot(place).render(
  React.createElement(GraphiQL, { fetcher, defaultQuery: sheet, shouldPersistHeaders: false }),
);
