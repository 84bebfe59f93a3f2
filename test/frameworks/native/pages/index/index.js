const { createPassport } = require('weapp-passport-client');
const { story } = require('../../story');

Component({
  data: { result: 'waiting' },
  methods: {
    play() {
      story(createPassport, wx).then(
        (result) => this.setData({ result }),
        (error) => this.setData({ result: String(error) }),
      );
    },
  },
});
