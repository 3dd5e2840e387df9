"""What a recurrent network is and how it is computed: declaration, unfolding, arithmetic, equations."""
