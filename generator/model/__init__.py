"""The frozen records that facts and texts are read into; what may be written in a file stands here and nowhere else."""
