Page({
  onLoad(query) {
    this.query = query;
  },
});
